import type { PlaybookTable } from '../../../../../../schemas/playbook/index.ts'
import type { Label } from '../../../../../../schemas/model/define.ts'
import { readDmn } from '../../../../../rules/dmn-read.ts'
import { writeDmn } from '../../../../../rules/dmn-write.ts'

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign)

/** A table as the DMN that an editor opens: editors show the description of a row as its note. */
export const toDmn = ({ table }: PlaybookTable): string => {
  const rules = table.rules.map(({ note: _note, ...rule }) => rule)
  let row = 0
  return writeDmn([{ ...table, rules }]).replace(/<rule [^>]*>/g, (tag) => {
    const note = table.rules[row++]?.note
    return note ? `${tag}<description>${escaped(note)}</description>` : tag
  })
}

export type FromDmn = { ok: true; value: PlaybookTable } | { ok: false; messages: Label[] }

/** Ids that an editor makes up for what is new. */
const MADE_UP = /^(DecisionRule|Rule|_?row)[_-]/

/**
 * The table that an editor gives back. Rows keep their ids, new ones are numbered on (`TIER_CORP-7`); columns keep the fields of a
 * tier rule that they stand in, a new condition stands among the `conditions`, and a new result in none until one is named.
 */
export const fromDmn = (xml: string, before: PlaybookTable): FromDmn => {
  const read = readDmn(xml)
  if (!read.ok) return { ok: false, messages: read.issues.map(({ message }) => message) }
  const logic = read.model.decisions.find(({ logic: one }) => one?.kind === 'table')?.logic
  if (logic?.kind !== 'table')
    return { ok: false, messages: [{ en: 'There is no decision table in it.', zh: '其中没有决策表。' }] }
  const { code } = before
  const table = { ...logic.table, id: before.table.id }
  const taken = new Set([...before.table.rules, ...table.rules].map(({ id }) => id))
  let number = before.table.rules.length
  const newId = (): string => {
    do number++
    while (taken.has(`${code}-${number}`))
    return `${code}-${number}`
  }
  const rules = table.rules.map((rule) => (MADE_UP.test(rule.id) ? { ...rule, id: newId() } : rule))
  const kept = (name: string): string | undefined => before.columns[name]
  const columns = Object.fromEntries([
    ...table.inputs.map(({ name }) => [name, kept(name) ?? 'conditions']),
    ...table.outputs.flatMap(({ name }) => {
      const field = kept(name)
      return field === undefined ? [] : [[name, field]]
    }),
  ]) as Record<string, string>
  return { ok: true, value: { ...before, table: { ...table, rules }, columns } }
}
