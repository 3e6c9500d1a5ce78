import { type ReactNode, useMemo } from 'react'
import { Chart } from '../../parts/chart.tsx'
import { useLanguage } from '../../parts/language.tsx'
import { nameOf } from '../../parts/names.ts'
import { go } from '../../parts/router.tsx'
import { Figure, useCustomersOf } from './figure.tsx'
import { byRank, type Rows } from './rows.ts'
import { texts } from './texts.ts'

const COLUMNS = [
  ['MADE', 'made'],
  ['DUE', 'due'],
  ['OVERDUE', 'overdue'],
] as const

/** Calls that were made, and how many of them were a success (DEV-ACT); nothing where nobody made any. */
const Calls = ({ rows }: { rows: Rows }): ReactNode => {
  const { say } = useLanguage()
  const [made, success] = ['MADE', 'SUCCESS'].map((code) => rows.one('MEAS-CONT', `CALLS/${code}`))
  return made ? (
    <p>
      {say(texts.calls)} <Figure row={made} /> · {say(texts.success)} <Figure row={success} />
    </p>
  ) : null
}

/** Contacts made against due, by tier (MEAS-CONT). */
export const Contacts = ({ rows }: { rows: Rows }): ReactNode => {
  const { say } = useLanguage()
  const to = useCustomersOf()
  const tiers = useMemo(
    () =>
      rows
        .heads('MEAS-CONT')
        .filter((head) => head !== 'CALLS')
        .sort(byRank),
    [rows],
  )
  const option = useMemo(
    () => ({
      legend: { bottom: 0 },
      grid: { left: 40, right: 8, top: 12, bottom: 56 },
      xAxis: { type: 'category' as const, data: tiers.map((tier) => say(nameOf(tier))) },
      yAxis: { type: 'value' as const, minInterval: 1 },
      series: COLUMNS.slice(0, 2).map(([code, text]) => ({
        type: 'bar' as const,
        name: say(texts[text]),
        data: tiers.map((tier) => rows.one('MEAS-CONT', `${tier}/${code}`)?.now ?? 0),
      })),
    }),
    [rows, tiers, say],
  )
  return (
    <section aria-labelledby="contacts" className="card">
      <h2 id="contacts">{say(texts.contacts)}</h2>
      {tiers.length === 0 ? (
        <p className="soft">{say(texts.noContacts)}</p>
      ) : (
        <>
          <Chart
            option={option}
            height={220}
            onPick={(picked) => {
              const tier = tiers.find((code) => say(nameOf(code)) === picked)
              if (tier) go(to('MEAS-CONT', `${tier}/DUE`))
            }}
          />
          <div className="scroll" tabIndex={0}>
            <table className="figures">
              <thead>
                <tr>
                  <th scope="col">{say(texts.tier)}</th>
                  {COLUMNS.map(([code, text]) => (
                    <th key={code} scope="col">
                      {say(texts[text])}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {tiers.map((tier) => (
                  <tr key={tier}>
                    <th scope="row">{say(nameOf(tier))}</th>
                    {COLUMNS.map(([code]) => (
                      <td key={code}>
                        <Figure row={rows.one('MEAS-CONT', `${tier}/${code}`)} />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
      <Calls rows={rows} />
    </section>
  )
}
