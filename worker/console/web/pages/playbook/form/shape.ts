import type * as z from '../../../../../../schemas/z.ts'
import { clock, code, feel, isDefault, isoDate, labelSchema } from '../../../../../../schemas/playbook/bits.ts'

type Schema = z.core.$ZodType

/** How a text is written, where that is told by its schema. */
export type TextKind = 'plain' | 'code' | 'feel' | 'clock' | 'date' | 'email'

/** A part of the playbook as a form sees it: what may stand there. */
export type Shape =
  | { kind: 'label' }
  | { kind: 'object'; members: Member[] }
  | { kind: 'list'; of: Shape }
  /** `isNumber`: the codes are numbers. */
  | { kind: 'choice'; codes: string[]; isNumber?: true }
  /** One of several objects, told apart by the code in `by`. */
  | { kind: 'variant'; by: string; options: { code: string; shape: Extract<Shape, { kind: 'object' }> }[] }
  | { kind: 'text'; how: TextKind }
  | { kind: 'number'; isWhole: boolean; least: number | null; most: number | null }
  | { kind: 'boolean' }
  /** Texts by code. */
  | { kind: 'record'; of: Shape }
  /** May be left out: `none` stands there then. */
  | { kind: 'maybe'; of: Shape; none: null | undefined }
  /** This project's default, until an admin has looked at it. */
  | { kind: 'mark' }
  /** No form fits. */
  | { kind: 'json' }
export interface Member {
  name: string
  shape: Shape
}

interface Check {
  _zod: { def: { check: string; value?: number; inclusive?: boolean } }
}
/** What is known of a schema's inside: each kind has some of it. */
interface Def {
  type: string
  shape?: Record<string, Schema>
  element?: Schema
  entries?: Record<string, string | number>
  values?: unknown[]
  innerType?: Schema
  valueType?: Schema
  options?: Schema[]
  discriminator?: string
  format?: string
  checks?: Check[]
}

const TEXTS = new Map<Schema, TextKind>([
  [code, 'code'],
  [feel, 'feel'],
  [clock, 'clock'],
  [isoDate, 'date'],
])

const limit = (def: Def, check: string): number | null =>
  def.checks?.map((one) => one._zod.def).find((one) => one.check === check)?.value ?? null

const known = new Map<Schema, Shape>()

/** The shape of a schema; each is worked out once. */
export const shapeOf = (schema: Schema): Shape => {
  let shape = known.get(schema)
  if (!shape) {
    shape = workOut(schema)
    known.set(schema, shape)
  }
  return shape
}

const workOut = (schema: Schema): Shape => {
  if (schema === labelSchema) return { kind: 'label' }
  if (schema === isDefault) return { kind: 'mark' }
  const how = TEXTS.get(schema)
  if (how) return { kind: 'text', how }
  const def = schema._zod.def as unknown as Def
  switch (def.type) {
    case 'object':
      return {
        kind: 'object',
        members: Object.entries(def.shape ?? {}).map(([name, member]) => ({ name, shape: shapeOf(member) })),
      }
    case 'array':
      return def.element ? { kind: 'list', of: shapeOf(def.element) } : { kind: 'json' }
    case 'enum':
      return { kind: 'choice', codes: Object.values(def.entries ?? {}).map(String) }
    case 'string':
      return { kind: 'text', how: def.format === 'email' ? 'email' : 'plain' }
    case 'number':
    case 'int':
      return {
        kind: 'number',
        isWhole: def.checks?.some((one) => one._zod.def.check === 'number_format') === true || def.format === 'safeint',
        least: limit(def, 'greater_than'),
        most: limit(def, 'less_than'),
      }
    case 'boolean':
      return { kind: 'boolean' }
    case 'union':
      return variantOf(def) ?? numbersOf(def) ?? { kind: 'json' }
    case 'record':
      return def.valueType ? { kind: 'record', of: shapeOf(def.valueType) } : { kind: 'json' }
    case 'default':
      return def.innerType ? shapeOf(def.innerType) : { kind: 'json' }
    case 'optional':
    case 'nullable':
      return def.innerType
        ? { kind: 'maybe', of: shapeOf(def.innerType), none: def.type === 'nullable' ? null : undefined }
        : { kind: 'json' }
    default:
      return { kind: 'json' }
  }
}

const literalsOf = (schema: Schema | undefined): unknown[] => {
  const def = schema?._zod.def as unknown as Def | undefined
  return def?.type === 'literal' ? (def.values ?? []) : []
}

/** Objects that one member tells apart. */
const variantOf = ({ discriminator: by, options = [] }: Def): Shape | null => {
  if (by === undefined) return null
  return {
    kind: 'variant',
    by,
    options: options.flatMap((option) => {
      const shape = shapeOf(option)
      const [code] = literalsOf((option._zod.def as unknown as Def).shape?.[by])
      if (shape.kind !== 'object' || typeof code !== 'string') return []
      return [{ code, shape: { kind: 'object' as const, members: shape.members.filter(({ name }) => name !== by) } }]
    }),
  }
}

/** A few numbers to choose from. */
const numbersOf = ({ options = [] }: Def): Shape | null => {
  const values = options.flatMap(literalsOf)
  const isNumber =
    values.length > 0 && values.length === options.length && values.every((one) => typeof one === 'number')
  return isNumber ? { kind: 'choice', codes: values.map(String), isNumber } : null
}

/** What stands in a new item: as little as its shape allows. The check tells what has to be filled in. */
export const blankOf = (shape: Shape): unknown => {
  switch (shape.kind) {
    case 'label':
      return { en: '', zh: '' }
    case 'object':
      return Object.fromEntries(
        shape.members.flatMap(({ name, shape: inner }) => {
          const value = blankOf(inner)
          return value === undefined ? [] : [[name, value]]
        }),
      )
    case 'variant': {
      const [first] = shape.options
      return first && { [shape.by]: first.code, ...(blankOf(first.shape) as object) }
    }
    case 'list':
      return []
    case 'choice':
      return shape.isNumber ? Number(shape.codes[0]) : (shape.codes[0] ?? '')
    case 'text':
      return ''
    case 'number':
      return Math.max(1, shape.least ?? 1)
    case 'boolean':
      return false
    case 'record':
      return {}
    case 'maybe':
      return shape.none
    case 'mark':
    case 'json':
      return undefined
  }
}
