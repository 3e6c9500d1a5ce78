import type { ReactNode } from 'react'
import type { PlaybookTable } from '../../../../../../schemas/playbook/index.ts'
import { useLanguage } from '../../../parts/language.tsx'
import { inOne, outputLabel } from './labels.ts'
import { texts } from './texts.ts'

/** How a cell is marked: `when.0` of a row, or the row itself. */
export type Marks = (row: number, column: string) => 'bad' | 'warn' | 'hit' | 'miss' | undefined

/** A decision table to read. */
export const PlainTable = ({ of, marks }: { of: PlaybookTable; marks: Marks }): ReactNode => {
  const { say, language } = useLanguage()
  const { inputs, outputs, rules, hitPolicy } = of.table
  const hasNotes = rules.some(({ note }) => note)
  const cell = (row: number, column: string, text: string): ReactNode => {
    const mark = marks(row, column)
    return (
      <td key={column} className={mark ? `mark-${mark}` : undefined}>
        <code>{text}</code>
        {mark === 'hit' && <span aria-hidden="true"> ✓</span>}
        {mark === 'miss' && <span aria-hidden="true"> ✗</span>}
        {(mark === 'hit' || mark === 'miss') && (
          <span className="hidden">{say(mark === 'hit' ? texts.holds : texts.fails)}</span>
        )}
      </td>
    )
  }
  return (
    <div className="scroll" tabIndex={0} role="group" aria-label={of.table.name}>
      <table className="figures list decision-table">
        <thead>
          <tr>
            <th scope="col">{hitPolicy}</th>
            {inputs.map(({ name, label }) => (
              <th key={name} scope="col">
                {inOne(label ?? name, language)}
              </th>
            ))}
            {outputs.map(({ name }) => (
              <th key={name} scope="col" className="result">
                {say(outputLabel(of, name))}
              </th>
            ))}
            {hasNotes && <th scope="col">{say(texts.note)}</th>}
          </tr>
        </thead>
        <tbody>
          {rules.map(({ id, when, then, note }, row) => (
            <tr key={id} className={marks(row, '') ? `mark-${marks(row, '') ?? ''}` : undefined}>
              <th scope="row">
                {row + 1} <span className="mono soft">{id}</span>
              </th>
              {when.map((text, index) => cell(row, `when.${index}`, text))}
              {then.map((text, index) => cell(row, `then.${index}`, text))}
              {hasNotes && <td className="soft">{inOne(note ?? '', language)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
