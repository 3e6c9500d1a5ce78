import { type ReactNode, useMemo } from 'react'
import { Chart } from '../../parts/chart.tsx'
import { useLanguage } from '../../parts/language.tsx'
import { nameOf } from '../../parts/names.ts'
import { go } from '../../parts/router.tsx'
import { Change, Figure, useCustomersOf } from './figure.tsx'
import { byRank, type Rows } from './rows.ts'
import { texts } from './texts.ts'

/** The tier pyramid and the moves between tiers (MEAS-TIER). */
export const Tiers = ({ rows }: { rows: Rows }): ReactNode => {
  const { say } = useLanguage()
  const to = useCustomersOf()
  const codes = useMemo(() => rows.heads('MEAS-TIER'), [rows])
  const tiers = useMemo(() => codes.filter((code) => !code.includes('→')).sort(byRank), [codes])
  const moves = codes.filter((code) => code.includes('→') && (rows.one('MEAS-TIER', code)?.now ?? 0) > 0)
  const option = useMemo(
    () => ({
      grid: { left: 88, right: 16, top: 8, bottom: 24 },
      xAxis: { type: 'value' as const, minInterval: 1 },
      yAxis: { type: 'category' as const, inverse: true, data: tiers.map((tier) => say(nameOf(tier))) },
      series: [
        {
          type: 'bar' as const,
          name: say(texts.now),
          data: tiers.map((tier) => rows.one('MEAS-TIER', tier)?.now ?? 0),
        },
        {
          type: 'bar' as const,
          name: say(texts.before),
          data: tiers.map((tier) => rows.one('MEAS-TIER', tier)?.before ?? 0),
        },
      ],
    }),
    [rows, tiers, say],
  )
  const name = (move: string): string =>
    move
      .split('→')
      .map((tier) => say(nameOf(tier)))
      .join(' → ')
  return (
    <section aria-labelledby="tiers" className="card">
      <h2 id="tiers">{say(texts.tiers)}</h2>
      <Chart
        option={option}
        height={Math.max(140, tiers.length * 34)}
        onPick={(picked) => {
          const tier = tiers.find((code) => say(nameOf(code)) === picked)
          if (tier) go(to('MEAS-TIER', tier))
        }}
      />
      <div className="scroll" tabIndex={0}>
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">{say(texts.tier)}</th>
              <th scope="col">{say(texts.now)}</th>
              <th scope="col">{say(texts.before)}</th>
              <th scope="col">{say(texts.change)}</th>
            </tr>
          </thead>
          <tbody>
            {tiers.map((tier) => {
              const row = rows.one('MEAS-TIER', tier)
              return (
                <tr key={tier}>
                  <th scope="row">{say(nameOf(tier))}</th>
                  <td>
                    <Figure row={row} />
                  </td>
                  <td>
                    <Figure row={row} was />
                  </td>
                  <td>
                    <Change row={row} />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <h3 className="gap">{say(texts.moves)}</h3>
      {moves.length === 0 ? (
        <p className="soft">{say(texts.noMoves)}</p>
      ) : (
        <ul className="plain">
          {moves.map((move) => (
            <li key={move}>
              {name(move)} <Figure row={rows.one('MEAS-TIER', move)} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
