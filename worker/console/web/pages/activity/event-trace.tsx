import Button from 'antd/es/button'
import type { ReactNode } from 'react'
import { query } from '../../parts/api.ts'
import { useLanguage } from '../../parts/language.tsx'
import { Shown } from '../../parts/page.tsx'
import { Go, go, usePlace, withQuery } from '../../parts/router.tsx'
import { useAccountPath } from '../../parts/session.tsx'
import { type Trace, Traces } from '../../parts/traces.tsx'
import { useData } from '../../parts/use-data.ts'
import { texts } from './texts.ts'

/** An event of a subject, or a record that Ladder made, by its key: came in → decided, by which row → written. */
export const EventTrace = ({ of }: { of: { ref: string; event: string } | { key: string } }): ReactNode => {
  const { say } = useLanguage()
  const account = useAccountPath()
  const place = usePlace()
  const [told, again] = useData<{ ref: string; traces: Trace[] }>(`${account}/trace${query({ ...of })}`)
  const named = 'key' in of ? of.key : of.ref
  const ref = told.state === 'ready' ? told.value.ref : 'key' in of ? '' : of.ref
  const close = { trace: '', event: '', ...('key' in of ? { filter: '' } : {}) }
  if (told.state === 'failed' && told.fault.status === 404) return <p className="card soft">{say(texts.noTrace)}</p>
  return (
    <section className="card stack" aria-labelledby="trace">
      <div className="row between">
        <h2 id="trace">
          {say(texts.traceOf)} {'key' in of ? <span className="mono">{named}</span> : null}{' '}
          {ref !== '' && <Go to={`/customers/${encodeURIComponent(ref)}`}>{ref}</Go>}
        </h2>
        <Button onClick={() => go(withQuery(place, close), 'replace')}>{say(texts.close)}</Button>
      </div>
      <Shown of={told} again={again}>
        {({ traces }) =>
          traces.length === 0 ? <p className="soft">{say(texts.noTrace)}</p> : <Traces traces={traces} />
        }
      </Shown>
    </section>
  )
}
