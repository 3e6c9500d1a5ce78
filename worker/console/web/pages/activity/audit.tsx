import Button from 'antd/es/button'
import Input from 'antd/es/input/Input'
import { type ReactNode, useState } from 'react'
import { query } from '../../parts/api.ts'
import { timeText } from '../../parts/format.ts'
import { useLanguage } from '../../parts/language.tsx'
import { Shown } from '../../parts/page.tsx'
import { Go, go, usePlace, withQuery } from '../../parts/router.tsx'
import { useData } from '../../parts/use-data.ts'
import { deedName } from './deeds.ts'
import { texts } from './texts.ts'
import { Heads } from '../../parts/heads.tsx'

interface Entry {
  seq: number
  at: string
  actor: string
  what: string
  account: string
  detail: Record<string, unknown>
  /** The answer's HTTP status; null: it is not known how it ended. */
  status: number | null
}

const detailOf = ({ account, detail }: Entry): string =>
  [account, ...Object.entries(detail).map(([name, value]) => `${name}: ${String(value)}`)].filter(Boolean).join(' · ')

const STEP = 100
const MOST = 1000

/** Who did what in the console, newest first; searched by who, what or account. */
export const Audit = (): ReactNode => {
  const { say, language } = useLanguage()
  const place = usePlace()
  const filter = place.query.get('filter') ?? ''
  const [wanted, setWanted] = useState(filter)
  const [most, setMost] = useState(STEP)
  const [audit, again] = useData<{ audit: Entry[] }>(`/access/audit${query({ limit: most, filter })}`)
  const only = (name: string): string => withQuery(place, { filter: name })
  const outcome = (status: number | null): string => {
    if (status === null) return say(texts.unknown)
    return status < 400 ? say(texts.succeeded) : `${say(texts.refused)} (${status})`
  }
  return (
    <div className="stack">
      <form
        className="row filters"
        role="search"
        onSubmit={(event) => {
          event.preventDefault()
          go(only(wanted.trim()), 'replace')
        }}
      >
        <Input
          aria-label={say(texts.searchLabel)}
          placeholder={say(texts.searchAudit)}
          value={wanted}
          onChange={({ target }) => setWanted(target.value)}
          style={{ maxWidth: 420 }}
          allowClear
        />
        <Button htmlType="submit">{say(texts.find)}</Button>
        {filter !== '' && <Go to={only('')}>{say(texts.allLetters)}</Go>}
      </form>
      <Shown of={audit} again={again}>
        {({ audit: entries }) => {
          if (entries.length === 0) return <p className="soft">{say(texts.noAudit)}</p>
          return (
            <div className="card scroll" tabIndex={0}>
              <table className="figures list">
                <thead>
                  <Heads of={(['at', 'who', 'did', 'detail', 'outcome'] as const).map((name) => texts[name])} />
                </thead>
                <tbody>
                  {entries.map((entry) => (
                    <tr key={entry.seq}>
                      <td>{timeText(entry.at, language)}</td>
                      <td>
                        <Go to={only(entry.actor)}>{entry.actor}</Go>
                      </td>
                      <td>
                        <Go to={only(entry.what)} title={entry.what}>
                          {say(deedName(entry.what))}
                        </Go>
                      </td>
                      <td>{detailOf(entry)}</td>
                      <td className={entry.status !== null && entry.status >= 400 ? 'bad' : ''}>
                        {outcome(entry.status)}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {entries.length === most && most < MOST && (
                <Button onClick={() => setMost((now) => Math.min(MOST, now + STEP * 3))}>{say(texts.more)}</Button>
              )}
            </div>
          )
        }}
      </Shown>
    </div>
  )
}
