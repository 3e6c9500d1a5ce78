import type { ReactNode } from 'react'
import { timeText } from '../../parts/format.ts'
import { useLanguage } from '../../parts/language.tsx'
import { Shown } from '../../parts/page.tsx'
import { useData } from '../../parts/use-data.ts'
import { texts } from './texts.ts'

interface Entry {
  at: number
  who?: string
  email?: string
  what?: string
  action?: string
  [more: string]: unknown
}

const SHOWN = new Set(['at', 'seq', 'who', 'email', 'what', 'action'])

const restOf = (entry: Entry): string =>
  Object.entries(entry)
    .filter(([name, value]) => !SHOWN.has(name) && value !== null && value !== '')
    .map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(' · ')

/** Who did what in the console, newest first. */
export const Audit = (): ReactNode => {
  const { say, language } = useLanguage()
  const [audit, again] = useData<{ audit?: Entry[]; entries?: Entry[] }>('/access/audit?limit=200')
  return (
    <Shown of={audit} again={again}>
      {(told) => {
        const entries = told.audit ?? told.entries ?? []
        if (entries.length === 0) return <p className="soft">{say(texts.noAudit)}</p>
        return (
          <div className="card scroll">
            <table className="figures list">
              <thead>
                <tr>
                  {(['at', 'who', 'did', 'outcome'] as const).map((name) => (
                    <th key={name} scope="col">
                      {say(texts[name])}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {entries.map((entry, index) => (
                  <tr key={index}>
                    <td>{timeText(entry.at, language)}</td>
                    <td>{entry.who ?? entry.email}</td>
                    <td>{entry.what ?? entry.action}</td>
                    <td className="mono">{restOf(entry)}</td>
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
