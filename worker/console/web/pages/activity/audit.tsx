import type { ReactNode } from 'react'
import { timeText } from '../../parts/format.ts'
import { useLanguage } from '../../parts/language.tsx'
import { Shown } from '../../parts/page.tsx'
import { useData } from '../../parts/use-data.ts'
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

/** Who did what in the console, newest first. */
export const Audit = (): ReactNode => {
  const { say, language } = useLanguage()
  const [audit, again] = useData<{ audit: Entry[] }>('/access/audit?limit=200')
  return (
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
                    <td>{entry.actor}</td>
                    <td>{entry.what}</td>
                    <td>{detailOf(entry)}</td>
                    <td className={entry.status !== null && entry.status >= 400 ? 'bad' : ''}>
                      {entry.status ?? say(texts.unknown)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )
      }}
    </Shown>
  )
}
