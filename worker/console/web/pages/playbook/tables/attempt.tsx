import Input from 'antd/es/input/Input'
import Select from 'antd/es/select'
import { type ReactNode, useMemo, useState } from 'react'
import type { PlaybookTable } from '../../../../../../schemas/playbook/index.ts'
import { print } from '../../../../../rules/values.ts'
import { useLanguage } from '../../../parts/language.tsx'
import { nameOf } from '../../../parts/names.ts'
import { inOne, outputLabel } from './labels.ts'
import { PlainTable } from './plain.tsx'
import { texts } from './texts.ts'
import { type Asked, type Answers, asksFor, tryTable } from './try.ts'

const Field = ({
  asked,
  value,
  change,
}: {
  asked: Asked
  value: string
  change: (text: string) => void
}): ReactNode => {
  const { say, language } = useLanguage()
  const { name, kind, choices } = asked
  const label = inOne(asked.label, language)
  const blank = { value: '', label: say(texts.unknown) }
  const yesNo = [blank, { value: 'true', label: say(texts.yes) }, { value: 'false', label: say(texts.no) }]
  const options =
    kind === 'boolean' ? yesNo : [blank, ...choices.map((code) => ({ value: code, label: say(nameOf(code)) }))]
  const isChoice = kind === 'boolean' || (kind === 'text' && choices.length > 0)
  return (
    <label className="field">
      <span>{label}</span>
      {isChoice ? (
        <Select aria-label={label} value={value} onChange={change} options={options} />
      ) : (
        <Input
          aria-label={label}
          name={name}
          value={value}
          inputMode={kind === 'number' ? 'decimal' : 'text'}
          type={kind === 'date' ? 'date' : 'text'}
          placeholder={kind === 'list' ? say(texts.listed) : say(texts.unknown)}
          onChange={({ target }) => change(target.value)}
        />
      )}
    </label>
  )
}

/** Ladder takes a company for not gold until somebody says so. */
const AT_FIRST: Answers = { gold: 'false' }

/** Fields filled in by hand, what the table says of them, by which row, and why not by another. */
export const Attempt = ({ of }: { of: PlaybookTable }): ReactNode => {
  const { say } = useLanguage()
  const [answers, setAnswers] = useState<Answers>(AT_FIRST)
  const asked = useMemo(() => asksFor(of), [of])
  const result = useMemo(() => tryTable(of, asked, answers), [of, asked, answers])
  const outputs = Object.entries(
    typeof result?.value === 'object' && result.value !== null && !Array.isArray(result.value)
      ? result.value
      : { [of.table.outputs[0]?.name ?? '']: result?.value ?? null },
  )
  const isBlank = asked.every(({ name }) => (answers[name] ?? '') === (AT_FIRST[name] ?? ''))
  const shown = (value: unknown): string =>
    typeof value === 'string'
      ? value
          .split(/,\s*/)
          .map((code) => say(nameOf(code)))
          .join(', ')
      : print(value as never)
  return (
    <section className="card stack" aria-labelledby="attempt">
      <div>
        <h2 id="attempt">{say(texts.attempt)}</h2>
        <p className="soft">{say(texts.attemptAbout)}</p>
      </div>
      <div className="fields">
        {asked.map((one) => (
          <Field
            key={one.name}
            asked={one}
            value={answers[one.name] ?? ''}
            change={(text) => setAnswers((now) => ({ ...now, [one.name]: text }))}
          />
        ))}
      </div>
      <div role="status" aria-live="polite" className="stack">
        {result === null && <p className="bad">{say(texts.mend)}</p>}
        {result?.error && <p className="bad">{say(result.error.message)}</p>}
        {result && !result.error && result.rows.length === 0 && !isBlank && <p className="bad">{say(texts.noRow)}</p>}
        {result && result.rows.length > 0 && (
          <dl className="facts" data-result={result.rows[0]?.id}>
            {outputs.map(([name, value]) => (
              <div key={name}>
                <dt className="soft">{say(outputLabel(of, name))}</dt>
                <dd className="fact">{shown(value)}</dd>
              </div>
            ))}
            <div>
              <dt className="soft">{say(texts.byRow)}</dt>
              <dd className="fact">{result.rows.map(({ index, id }) => `${index + 1} (${id})`).join(', ')}</dd>
            </div>
          </dl>
        )}
      </div>
      {result && (
        <details open>
          <summary>{say(texts.why)}</summary>
          <PlainTable
            of={of}
            marks={(row, column) => {
              if (column === '') return result.rows.some(({ index }) => index === row) ? 'hit' : undefined
              const [side, index] = column.split('.')
              if (side !== 'when' || of.table.rules[row]?.when[Number(index)] === '-') return undefined
              const { hit } = result.table[row]?.cells[Number(index)] ?? {}
              return hit ? 'hit' : 'miss'
            }}
          />
        </details>
      )}
    </section>
  )
}
