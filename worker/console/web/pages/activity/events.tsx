import Button from 'antd/es/button'
import Input from 'antd/es/input/Input'
import { type ReactNode, useState } from 'react'
import { FACT_KINDS } from '../../../../../schemas/events/index.ts'
import { query } from '../../parts/api.ts'
import { timeText } from '../../parts/format.ts'
import { objectName } from '../../parts/field-name.tsx'
import { Heads } from '../../parts/heads.tsx'
import { useLanguage } from '../../parts/language.tsx'
import { Shown } from '../../parts/page.tsx'
import { Go, go, usePlace, withQuery } from '../../parts/router.tsx'
import { useAccountPath } from '../../parts/session.tsx'
import { useData } from '../../parts/use-data.ts'
import { EventTrace } from './event-trace.tsx'
import { texts } from './texts.ts'

interface Logged {
  seq: number
  at: number
  via: string
  type: string
  object: string
  recordId: string
  ref: string
  /** The customer's; '' where it isn't known. */
  name: string
  id: string
  news: boolean
}

const STEP = 50
const MOST = 1000
const KINDS = ['record.changed', 'record.gone', 'subject.merged', ...FACT_KINDS] as const

/** Whether a text is a key of a record that Ladder makes: `company:1/…`. */
const isKey = (text: string): boolean => /^[^/\s]+:[^/\s]+\/\S+$/.test(text)

const Search = (): ReactNode => {
  const { say } = useLanguage()
  const place = usePlace()
  const of = (name: string): string => place.query.get(name) ?? ''
  const [wanted, setWanted] = useState(of('filter'))
  const look = (changes: Record<string, string>): void =>
    go(withQuery(place, { filter: wanted.trim(), trace: '', event: '', ...changes }), 'replace')
  return (
    <form
      className="row filters"
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        look({})
      }}
    >
      <label className="field grow">
        <span>{say(texts.searchFor)}</span>
        <Input
          aria-label={say(texts.searchLabel)}
          placeholder={say(texts.search)}
          value={wanted}
          onChange={({ target }) => setWanted(target.value)}
          allowClear
        />
      </label>
      <label className="field">
        <span>{say(texts.type)}</span>
        <select className="input" value={of('kind')} onChange={({ target }) => look({ kind: target.value })}>
          <option value="">{say(texts.anyKind)}</option>
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {kind}
            </option>
          ))}
        </select>
      </label>
      {(['from', 'to'] as const).map((name) => (
        <label key={name} className="field">
          <span>{say(texts[name])}</span>
          <Input type="date" value={of(name)} onChange={({ target }) => look({ [name]: target.value })} />
        </label>
      ))}
      <Button htmlType="submit">{say(texts.find)}</Button>
    </form>
  )
}

/** What came in, newest first, each with its trace. */
export const Events = (): ReactNode => {
  const { say, language } = useLanguage()
  const account = useAccountPath()
  const place = usePlace()
  const of = (name: string): string => place.query.get(name) ?? ''
  const [filter, kind, from, to] = [of('filter'), of('kind'), of('from'), of('to')]
  const [most, setMost] = useState(STEP)
  const [events, again] = useData<{ events: Logged[] }>(
    `${account}/events${query({ limit: most, filter, kind, from, to })}`,
  )
  return (
    <div className="stack">
      <Search key={filter} />
      {of('trace') !== '' && <EventTrace of={{ ref: of('trace'), event: of('event') }} />}
      {of('trace') === '' && isKey(filter) && <EventTrace key={filter} of={{ key: filter }} />}
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
                        {say(objectName(one.object))} <span className="mono soft">{one.recordId}</span>
                      </td>
                      <td className={one.name === '' ? 'mono' : ''}>
                        {one.ref && <Go to={`/customers/${encodeURIComponent(one.ref)}`}>{one.name || one.ref}</Go>}
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
