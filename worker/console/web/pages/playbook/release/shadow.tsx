import Button from 'antd/es/button'
import { type ReactNode, useMemo, useState } from 'react'
import { escalation } from '../../../../../../schemas/model/escalation.ts'
import { task } from '../../../../../../schemas/model/task.ts'
import type { ShadowReport } from '../../../../../method/shadow/index.ts'
import { numberText } from '../../../parts/format.ts'
import { useLanguage } from '../../../parts/language.tsx'
import { nameOf } from '../../../parts/names.ts'
import { Go } from '../../../parts/router.tsx'
import { texts } from './texts.ts'
import { Heads } from '../../../parts/heads.tsx'

/** Options of the records that the counts speak of. */
const KINDS = new Map(
  [...task.fields, ...escalation.fields].flatMap(({ options = [] }) => options.map(({ code, label }) => [code, label])),
)
const STEP = 25

const Counts = ({ title, of }: { title: string; of: Record<string, number> }): ReactNode => {
  const { say, language } = useLanguage()
  const all = Object.values(of).reduce((sum, count) => sum + count, 0)
  return (
    <div>
      <dt className="soft">{title}</dt>
      <dd className="fact">{numberText(all, language)}</dd>
      {Object.entries(of).map(([code, count]) => (
        <dd key={code} className="count">
          {say(KINDS.get(code) ?? nameOf(code))} {numberText(count, language)}
        </dd>
      ))}
    </div>
  )
}

/** A code in words, with the code itself where words are another thing. */
const useTier = (): ((code: string | null) => string) => {
  const { say } = useLanguage()
  return (code) => say(nameOf(code ?? 'UNRATED'))
}

const Moves = ({ report }: { report: ShadowReport }): ReactNode => {
  const { language } = useLanguage()
  const tier = useTier()
  return (
    <ul className="plain">
      {Object.entries(report.moves).flatMap(([scheme, moves]) =>
        Object.entries(moves)
          .toSorted(([, a], [, b]) => b - a)
          .map(([move, count]) => {
            const [from = '', to = ''] = move.split(' → ')
            return (
              <li key={`${scheme} ${move}`}>
                <span className="soft">{scheme}</span> {tier(from === '-' ? null : from)} → {tier(to)}{' '}
                <strong>{numberText(count, language)}</strong>
              </li>
            )
          }),
      )}
    </ul>
  )
}

/** Who would move, and what would follow. */
export const ShadowResult = ({ report }: { report: ShadowReport }): ReactNode => {
  const { say, language } = useLanguage()
  const tier = useTier()
  const [most, setMost] = useState(STEP)
  const shown = useMemo(() => report.movers.slice(0, most), [report, most])
  return (
    <div className="stack">
      <dl className="facts">
        <div>
          <dt className="soft">{say(texts.customers)}</dt>
          <dd className="fact">{numberText(report.customers, language)}</dd>
        </div>
        <div>
          <dt className="soft">{say(texts.moved)}</dt>
          <dd className="fact">{numberText(report.moved, language)}</dd>
          <dd>
            <Moves report={report} />
          </dd>
        </div>
        <Counts title={say(texts.tasks)} of={report.tasks} />
        <Counts title={say(texts.escalations)} of={report.escalations} />
      </dl>
      {report.movers.length === 0 ? (
        <p>{say(texts.nobody)}</p>
      ) : (
        <div className="scroll" tabIndex={0} role="group" aria-label={say(texts.movers)}>
          <table className="figures list">
            <caption>
              {say(texts.movers)}
              {report.movers.length < report.moved &&
                ` (${say({
                  en: texts.first.en(report.movers.length, report.moved),
                  zh: texts.first.zh(report.movers.length, report.moved),
                })})`}
            </caption>
            <thead>
              <Heads of={(['customer', 'scheme', 'from', 'to', 'row'] as const).map((name) => texts[name])} />
            </thead>
            <tbody>
              {shown.map(({ ref, name, scheme, from, to, row }) => (
                <tr key={`${scheme} ${ref}`}>
                  <td>
                    <Go to={`/customers/${encodeURIComponent(ref)}`}>{name || ref}</Go>
                  </td>
                  <td>{scheme}</td>
                  <td>{tier(from)}</td>
                  <td>{tier(to)}</td>
                  <td className="mono">{row}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {shown.length < report.movers.length && (
            <Button onClick={() => setMost((now) => now + STEP * 4)}>{say(texts.more)}</Button>
          )}
        </div>
      )}
    </div>
  )
}
