import type { Fields, RecordSnapshot, Value } from '../../../schemas/events/index.ts'
import { parseRef } from '../../../schemas/events/keys.ts'
import type { Draft } from '../draft.ts'

/** Whether something was filled in: blank texts, empty lists and no don't count, as in CRMs. */
export const isGiven = (value: Value | undefined): boolean =>
  Array.isArray(value) ? value.length > 0 : typeof value === 'string' ? value.trim() !== '' : (value ?? false) !== false

const given = (fields: Fields, ...names: string[]): boolean => names.every((name) => isGiven(fields[name]))

/** Records of an object that are about a development, or about its customer and no development. */
export const about = (draft: Draft, object: string, development: string): RecordSnapshot[] => {
  const own = parseRef(draft.state.ref)
  return draft.recordsOf(object).filter(({ fields }) => {
    const of = fields['development']
    return isGiven(of) ? of === development : own.object !== 'development'
  })
}

/** An objection (DEV-OBJ), `id` of its paper, or of the development where it stands in its short form. */
export interface Objection {
  id: string
  development: string | null
  text: string
  genuine: boolean
  resolved: boolean
  answered: boolean
  /** ISO instant. */
  since: string
}

/** The entry that a record makes in the log of objections; undefined when it makes none. */
export const objectionOf = ({ object, id, fields, createdAt, at }: RecordSnapshot): Objection | undefined => {
  if (object === 'development')
    return given(fields, 'objectionKind')
      ? {
          id,
          development: id,
          text: String(fields['objections'] ?? ''),
          genuine: fields['objectionKind'] === 'GENUINE',
          resolved: fields['objectionResolved'] === true,
          answered: given(fields, 'objectionAnswer'),
          since: at,
        }
      : undefined
  if (fields['kind'] !== 'OBJECTION') return undefined
  const development = fields['development']
  return {
    id,
    development: typeof development === 'string' && development !== '' ? development : null,
    text: String(fields['text'] ?? ''),
    genuine: fields['nature'] === 'GENUINE',
    resolved: fields['resolved'] === true,
    answered: given(fields, 'answer'),
    since: createdAt,
  }
}

/** What exit rules read of the log: how many are open, how many of these are genuine, and how many have no answer. */
export const objectionLogOf = (
  draft: Draft,
  record: RecordSnapshot,
): Record<'open' | 'genuine' | 'unanswered', number> => {
  const all = [record, ...about(draft, 'workingPaper', record.id)].flatMap((one) => objectionOf(one) ?? [])
  const open = all.filter(({ resolved }) => !resolved)
  return {
    open: open.length,
    genuine: open.filter(({ genuine }) => genuine).length,
    unanswered: all.filter(({ answered }) => !answered).length,
  }
}

/** What a paper of each kind must hold to be one. */
export const ASKED: Readonly<Record<string, readonly string[]>> = {
  OBJECTION: ['text', 'nature', 'answer'],
  SWOT: ['strengths', 'weaknesses', 'opportunities', 'threats'],
  FAB: ['feature', 'advantage', 'benefit'],
  PRICING: ['method', 'price'],
}

/** Complete working papers by kind, their short form on the development counted too (DEV-KIT). */
export const papersOf = (draft: Draft, record: RecordSnapshot): Record<'swot' | 'fab' | 'pricing', number> => {
  const papers = about(draft, 'workingPaper', record.id)
  const count = (kind: string, short: string): number =>
    papers.filter(({ fields }) => fields['kind'] === kind && given(fields, ...(ASKED[kind] ?? []))).length +
    (given(record.fields, short) ? 1 : 0)
  return { swot: count('SWOT', 'swot'), fab: count('FAB', 'fab'), pricing: count('PRICING', 'pricing') }
}
