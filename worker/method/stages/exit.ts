import type { Fields, RecordSnapshot, Value } from '../../../schemas/events/index.ts'
import { parseRef } from '../../../schemas/events/keys.ts'
import { fieldDef } from '../../../schemas/model/index.ts'
import type { Pipeline, Stage } from '../../../schemas/playbook/index.ts'
import type { CompiledExit, CompiledPipeline } from '../context.ts'
import type { Draft } from '../draft.ts'
import { about, objectionLogOf, papersOf } from '../papers/read.ts'
import { ownerOf } from '../tasks.ts'
import { profileOf } from '../tiers/readers.ts'
import { customerName } from '../tiers/text.ts'

/** An exit rule that doesn't hold, with the stage that it guards. */
export interface Failing {
  stage: Stage
  exit: CompiledExit
  enforced: boolean
}

/** Blank texts and lists count as null, as in CRMs: nothing was filled in. */
const given = (value: Value | undefined): Value =>
  value === undefined ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0)
    ? null
    : value

/** Filled share of the customer file in whole percent, rounded down (DEV-A03). */
export const completenessOf = (record: RecordSnapshot, { fileFields }: Pipeline): number => {
  if (fileFields.length === 0) return 100
  const filled = fileFields.filter((name) => {
    const value = given(record.fields[name])
    return value !== null && value !== false
  })
  return Math.floor((filled.length * 100) / fileFields.length)
}

/** All five signs of a qualified lead (DEV-Q). */
export const isQualified = (record: RecordSnapshot, { qualification }: Pipeline): boolean =>
  qualification.every((name) => record.fields[name] === true)

/** How the target was found (DEV-SRC): what the development says, else its customer; null when nobody said. */
export const sourceOf = (draft: Draft, record: RecordSnapshot): string | null => {
  const { object, id } = parseRef(draft.state.ref)
  const source = given(record.fields['leadSource']) ?? given(draft.record(object, id)?.fields['ladderSource'])
  return typeof source === 'string' ? source : null
}

/** Ticked checklist items. */
export const doneItems = (record: RecordSnapshot): string[] => {
  const done = record.fields['checklistDone']
  return Array.isArray(done) ? done.filter((code) => typeof code === 'string') : []
}

/** What the exit rules of all stages read of a development; amounts in yuan. `stageChecklistDone` differs by stage. */
const exitContext = (draft: Draft, record: RecordSnapshot, pipeline: Pipeline): Fields => {
  const fields = Object.fromEntries(
    Object.entries(record.fields).map(([name, value]) => {
      const blank = given(value)
      const money = typeof blank === 'number' && fieldDef('development', name)?.type === 'money'
      return [name, money ? blank / 100 : blank]
    }),
  )
  const balance = draft.state.balances.at(-1)
  return {
    ...fields,
    checklist: doneItems(record),
    stageChecklistDone: false,
    completeness: completenessOf(record, pipeline),
    qualified: isQualified(record, pipeline),
    rm: given(record.fields['rm']) ?? ownerOf(draft),
    customer: {
      tier: draft.state.rating?.tier ?? null,
      balance: balance ? balance.amount / 100 : null,
      name: customerName(draft),
      ...profileOf(draft.state, draft.ctx),
    },
    visits: visitsOf(draft, record.id),
    objectionLog: objectionLogOf(draft, record),
    papers: papersOf(draft, record),
    campaigns: { attended: attended(draft) },
    produced: producedOf(draft, record.id),
    leadSource: sourceOf(draft, record),
  }
}

/** Visits of a development, and how many of them say what comes next. */
const visitsOf = (draft: Draft, development: string): Fields => {
  const visits = about(draft, 'visit', development)
  const held = visits.filter(({ fields }) => fields['status'] === 'HELD')
  const has = (fields: Fields, ...names: string[]): boolean => names.every((name) => given(fields[name]) !== null)
  return {
    planned: visits.filter(({ fields }) => fields['status'] !== 'CANCELLED' && has(fields, 'plannedAt')).length,
    held: held.length,
    calls: held.filter(({ fields }) => fields['form'] === 'CALL').length,
    recorded: held.filter(({ fields }) => has(fields, 'record', 'nextStep', 'nextStepOn')).length,
  }
}

/** The version of each document that was made of a development, by the code of its layout (DEV-A08, DEV-A09). */
const producedOf = ({ state }: Draft, development: string): Fields => {
  const made = Object.entries(state.documents ?? {}).filter(([place]) => place.startsWith(`${development}/`))
  return Object.fromEntries(made.map(([place, { version }]) => [place.slice(development.length + 1), version]))
}

/** How many campaigns the customer came to. */
const attended = (draft: Draft): number =>
  draft.recordsOf('participation').filter(({ fields }) => fields['attendance'] === 'CAME').length

/** Exit rules that don't hold on the record as it is now, of the stages from index `from` up to but not including `to`. */
export const failingRules = (
  draft: Draft,
  record: RecordSnapshot,
  { source, exits }: CompiledPipeline,
  from: number,
  to: number,
): Failing[] => {
  const context = exitContext(draft, record, source)
  const done = new Set(doneItems(record))
  return source.stages.slice(from, to).flatMap((stage, index) => {
    const inStage = { ...context, stageChecklistDone: stage.checklist.every(({ code }) => done.has(code)) }
    return (exits[from + index] ?? [])
      .filter((exit) => exit.holds(inStage) !== true)
      .map((exit) => ({ stage, exit, enforced: source.enforce === 'enforce' && exit.level === 'enforce' }))
  })
}

/** What a development should have had when it began, and hasn't; only warned of. */
export const failingEntry = (draft: Draft, record: RecordSnapshot, { source, entry }: CompiledPipeline): Failing[] => {
  const [stage] = source.stages
  if (!stage || entry.length === 0) return []
  const context = exitContext(draft, record, source)
  return entry.filter((exit) => exit.holds(context) !== true).map((exit) => ({ stage, exit, enforced: false }))
}

/** Whether a development counts as won by its pipeline's rule. */
export const isWon = (draft: Draft, record: RecordSnapshot, pipeline: CompiledPipeline): boolean =>
  pipeline.won(exitContext(draft, record, pipeline.source))

/** The values that a rule read, by name: what a refusal is explained with. */
export const valuesOf = (
  draft: Draft,
  record: RecordSnapshot,
  pipeline: Pipeline,
  names: readonly string[],
): Fields => {
  const context = exitContext(draft, record, pipeline)
  return Object.fromEntries(
    names.map((name) => {
      const [first = '', second] = name.split('.')
      const value = context[first] ?? null
      const inside = second !== undefined && typeof value === 'object' && value !== null && !Array.isArray(value)
      return [name, inside ? (value[second] ?? null) : value]
    }),
  )
}
