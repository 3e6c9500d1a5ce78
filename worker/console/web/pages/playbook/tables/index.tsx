import Select from 'antd/es/select'
import { type ReactNode, useMemo } from 'react'
import type { Label } from '../../../../../../schemas/model/define.ts'
import { tierRule } from '../../../../../../schemas/model/rules.ts'
import type { Playbook, PlaybookTable } from '../../../../../../schemas/playbook/index.ts'
import type { Issue } from '../../../parts/api.ts'
import { useLanguage } from '../../../parts/language.tsx'
import { go, usePlace } from '../../../parts/router.tsx'
import { useDraft, useIssues } from '../draft/use-draft.tsx'
import { IssueText } from '../issues.tsx'
import { Attempt } from './attempt.tsx'
import { DmnEditor } from './editor.tsx'
import { inOne } from './labels.ts'
import { marksOf } from './marks.ts'
import { PlainTable } from './plain.tsx'
import { texts } from './texts.ts'

/** What a table is used for. */
const useOf = ({ schemes, movement, rms }: Playbook, { code }: PlaybookTable): Label => {
  const scheme = schemes.find(({ table }) => table === code)
  if (scheme) return { en: `${texts.rates.en} ${scheme.id}`, zh: `${texts.rates.zh} ${scheme.id}` }
  if (movement.table === code) return texts.movement
  return rms?.table === code ? texts.rms : texts.unused
}

const Findings = ({ issues }: { issues: readonly Issue[] }): ReactNode => {
  const { say } = useLanguage()
  return (
    <section className="card" aria-labelledby="findings" aria-live="polite">
      <h2 id="findings">{say(texts.found)}</h2>
      {issues.length === 0 ? (
        <p className="good">{say(texts.fine)}</p>
      ) : (
        <ul className="plain issues">
          {issues.map((issue, index) => (
            <li key={index}>
              <IssueText issue={issue} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** Which field of a tier rule in the CRM each column stands in. */
const Columns = ({ of, change }: { of: PlaybookTable; change: (next: PlaybookTable) => void }): ReactNode => {
  const { say } = useLanguage()
  const { mayEdit } = useDraft()
  const options = tierRule.fields.map(({ name, label }) => ({ value: name, label: `${say(label)} (${name})` }))
  return (
    <details className="card">
      <summary>{say(texts.columns)}</summary>
      <div className="fields gap">
        {[...of.table.inputs, ...of.table.outputs].map(({ name, label }) => (
          <label key={name} className="field">
            <span>{label ?? name}</span>
            <Select
              aria-label={`${label ?? name}: ${say(texts.field)}`}
              value={of.columns[name] ?? null}
              options={options}
              disabled={!mayEdit}
              onChange={(field: string) => change({ ...of, columns: { ...of.columns, [name]: field } })}
            />
          </label>
        ))}
      </div>
    </details>
  )
}

/** Decision tables, each with its check in place and a customer to try. */
export const Tables = (): ReactNode => {
  const { say, language } = useLanguage()
  const { path } = usePlace()
  const { playbook, set, mayEdit } = useDraft()
  const { tables } = playbook
  const wanted = path[2] ?? '0'
  const byCode = tables.findIndex(({ code }) => code === wanted)
  const index = byCode >= 0 ? byCode : Math.min(Number(wanted) || 0, tables.length - 1)
  const table = tables[index]
  const issues = useIssues(`tables[${index}]`)
  const marks = useMemo(() => marksOf(issues), [issues])
  if (!table) return null
  const change = (next: PlaybookTable): void => set(['tables', index], next)
  return (
    <div className="stack">
      <div className="row between">
        <label className="field">
          <span>{say(texts.choose)}</span>
          <Select
            aria-label={say(texts.choose)}
            value={table.code}
            onChange={(code: string) => go(`/playbook/tables/${code}`)}
            options={tables.map(({ code, table: { name } }) => ({
              value: code,
              label: `${code} · ${inOne(name, language)}`,
            }))}
            style={{ minWidth: 280, maxWidth: '100%' }}
          />
        </label>
        <p className="soft">
          {say(useOf(playbook, table))}. {say(texts.units)}
        </p>
      </div>
      <section className="card" aria-label={inOne(table.table.name, language)}>
        {mayEdit ? (
          <>
            <DmnEditor key={table.code} of={table} marks={marks} change={change} />
            <p className="soft">{say(texts.how)}</p>
          </>
        ) : (
          <PlainTable
            of={table}
            marks={(row, column) => marks.find((one) => one.row === row && one.column === column)?.kind}
          />
        )}
      </section>
      <Findings issues={issues} />
      <Attempt key={table.code} of={table} />
      <Columns of={table} change={change} />
    </div>
  )
}
