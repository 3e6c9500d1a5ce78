import Button from 'antd/es/button'
import Input from 'antd/es/input/Input'
import { type ReactNode, useState } from 'react'
import { query } from '../../parts/api.ts'
import { timeText } from '../../parts/format.ts'
import { useLanguage } from '../../parts/language.tsx'
import { Shown } from '../../parts/page.tsx'
import { Go, go, usePlace, withQuery } from '../../parts/router.tsx'
import { useAccountPath } from '../../parts/session.tsx'
import { type Trace, Traces } from '../../parts/traces.tsx'
import { useData } from '../../parts/use-data.ts'
import { texts } from './texts.ts'
import { Heads } from '../../parts/heads.tsx'

interface Logged {
  at: number
  via: string
  type: string
  object: string
  recordId: string
  ref: string
  id: string
  news: boolean
}

const STEP = 50
const MOST = 1000

const TraceOf = ({ refName, event }: { refName: string; event: string }): ReactNode => {
  const { say } = useLanguage()
  const account = useAccountPath()
  const place = usePlace()
  const [told, again] = useData<{ traces: Trace[] }>(`${account}/explain${query({ record: refName, limit: 50 })}`)
  return (
    <section className="card stack" aria-labelledby="trace">
      <div className="row between">
        <h2 id="trace">
          {say(texts.traceOf)} <Go to={`/customers/${encodeURIComponent(refName)}`}>{refName}</Go>
        </h2>
        <Button onClick={() => go(withQuery(place, { trace: '', event: '' }), 'replace')}>{say(texts.close)}</Button>
      </div>
      <Shown of={told} again={again}>
        {({ traces }) => {
          const own = traces.filter((trace) => trace.event.id === event)
          return <Traces traces={own.length > 0 ? own : traces.slice(0, 5)} />
        }}
      </Shown>
    </section>
  )
}

/** What came in, newest first, each with its trace. */
export const Events = (): ReactNode => {
  const { say, language } = useLanguage()
  const account = useAccountPath()
  const place = usePlace()
  const filter = place.query.get('filter') ?? ''
  const traced = place.query.get('trace')
  const [wanted, setWanted] = useState(filter)
  const [most, setMost] = useState(STEP)
  const [events, again] = useData<{ events: Logged[] }>(`${account}/events${query({ limit: most, filter })}`)
  return (
    <div className="stack">
      <form
        className="row"
        role="search"
        onSubmit={(event) => {
          event.preventDefault()
          go(withQuery(place, { filter: wanted.trim(), trace: '', event: '' }), 'replace')
        }}
      >
        <Input
          aria-label={say(texts.searchLabel)}
          placeholder={say(texts.search)}
          value={wanted}
          onChange={({ target }) => setWanted(target.value)}
          style={{ maxWidth: 420 }}
          allowClear
        />
        <Button htmlType="submit">{say(texts.find)}</Button>
      </form>
      {traced && <TraceOf refName={traced} event={place.query.get('event') ?? ''} />}
      <Shown of={events} again={again}>
        {({ events: list }) =>
          list.length === 0 ? (
            <p className="soft">{say(texts.noEvents)}</p>
          ) : (
            <div className="card scroll" tabIndex={0}>
              <table className="figures list">
                <thead>
                  <Heads
                    of={(['at', 'via', 'type', 'record', 'customer', 'news', 'trace'] as const).map(
                      (name) => texts[name],
                    )}
                  />
                </thead>
                <tbody>
                  {list.map((one, index) => (
                    <tr key={index}>
                      <td>{timeText(one.at, language)}</td>
                      <td>{one.via}</td>
                      <td>{one.type}</td>
                      <td>
                        {one.object} <span className="mono soft">{one.recordId}</span>
                      </td>
                      <td className="mono">
                        {one.ref && <Go to={`/customers/${encodeURIComponent(one.ref)}`}>{one.ref}</Go>}
                      </td>
                      <td>{say(one.news ? texts.news : texts.known)}</td>
                      <td>
                        {one.ref && (
                          <Go to={withQuery(place, { trace: one.ref, event: one.id })}>{say(texts.trace)}</Go>
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {list.length === most && most < MOST && (
                <Button onClick={() => setMost((now) => Math.min(MOST, now + STEP * 3))}>{say(texts.more)}</Button>
              )}
            </div>
          )
        }
      </Shown>
    </div>
  )
}
