import type { ReactNode } from 'react'
import { Heads } from '../../parts/heads.tsx'
import { useLanguage } from '../../parts/language.tsx'
import { nameOf } from '../../parts/names.ts'
import { Go } from '../../parts/router.tsx'
import { Figure, useCustomersOf } from './figure.tsx'
import { levelsOf, type Rows } from './rows.ts'
import { texts } from './texts.ts'

/** Escalations by cause and level, and how long people took to answer (MEAS-ESC). */
export const Escalations = ({ rows }: { rows: Rows }): ReactNode => {
  const { say } = useLanguage()
  const to = useCustomersOf()
  const causes = rows.heads('MEAS-ESC')
  const levels = levelsOf(rows)
  const count = (cause: string, level: string): number =>
    (['OPEN', 'ACKNOWLEDGED'] as const).reduce(
      (sum, status) => sum + (rows.one('MEAS-ESC', `${cause}/${level}/${status}`)?.now ?? 0),
      0,
    )
  return (
    <section aria-labelledby="escalations" className="card wide">
      <h2 id="escalations">{say(texts.escalations)}</h2>
      {causes.length === 0 ? (
        <p className="soft">{say(texts.noEscalations)}</p>
      ) : (
        <div className="scroll" tabIndex={0}>
          <table className="figures">
            <caption className="hidden">{say(texts.openHint)}</caption>
            <thead>
              <Heads
                of={[
                  texts.cause,
                  ...levels.map((level) => ({ en: texts.level.en(level), zh: texts.level.zh(level) })),
                  ...[texts.raised, texts.toAcknowledge, texts.toResolve],
                ]}
              />
            </thead>
            <tbody>
              {causes.map((cause) => (
                <tr key={cause}>
                  <th scope="row">{say(nameOf(cause))}</th>
                  {levels.map((level) => {
                    const open = count(cause, level)
                    return (
                      <td key={level}>{open === 0 ? '0' : <Go to={to('MEAS-ESC', `${cause}/${level}`)}>{open}</Go>}</td>
                    )
                  })}
                  <td>
                    <Figure row={rows.one('MEAS-ESC', `${cause}/RAISED`)} />
                  </td>
                  <td>
                    <Figure row={rows.one('MEAS-ESC', `${cause}/TO_ACKNOWLEDGE`)} />
                  </td>
                  <td>
                    <Figure row={rows.one('MEAS-ESC', `${cause}/TO_RESOLVE`)} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
