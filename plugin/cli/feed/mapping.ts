import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'
import { FACT_KINDS } from '../../../schemas/events/index.ts'

/** A mapping file: how the rows of a table become core-banking facts. See docs/mappings/README.md. */

/** Text with columns in braces, such as `Client {ID}`. */
const template = z.string()

/** A column's text, looked up in `map` where there is one (`else` for what isn't in it). */
const columnSchema = z.strictObject({
  column: z.string().min(1),
  map: z.record(z.string(), z.union([z.string(), z.boolean()])).optional(),
  else: z.union([z.string(), z.boolean()]).optional(),
})

/** A day, moved back by as many years, months or days as a column or template says. */
const dateSchema = z.strictObject({
  date: template,
  minusYears: z.union([template, z.int()]).optional(),
  minusMonths: z.union([template, z.int()]).optional(),
  minusDays: z.union([template, z.int()]).optional(),
})

/** Yuan: a column's decimal number, times a factor. Reckoned in whole numbers, rounded half away from zero to fen. */
const amountSchema = z.union([template, z.strictObject({ column: z.string().min(1), times: z.number().default(1) })])

const timesSchema = z.strictObject({ column: z.string().min(1), times: z.number() })

const valueSchema = z.union([template, z.boolean(), columnSchema, dateSchema, timesSchema])

/** The condition under which a row gives a fact: a column that isn't empty, or one that says certain things. */
const whenSchema = z.union([
  z.string().min(1),
  z.strictObject({
    column: z.string().min(1),
    is: z.array(z.string()).optional(),
    isNot: z.array(z.string()).optional(),
    atLeast: z.number().optional(),
    below: z.number().optional(),
  }),
])

export const factMappingSchema = z.strictObject({
  type: z.enum(FACT_KINDS),
  /** A day, then taken at 00:00, or an instant. */
  time: z.union([template, dateSchema]),
  when: whenSchema.optional(),
  amount: amountSchema.optional(),
  data: z.record(z.string(), valueSchema).default({}),
})

export const mappingSchema = z.strictObject({
  format: z.literal('ladder-feed/1'),
  /** CloudEvents source: with the event's id it makes a fact unique, so don't change it once fed. */
  source: z.string().regex(/^[^\s#]+$/, 'no spaces and no #'),
  customerNo: template,
  /** What tells rows apart; the customer number when left out. */
  row: template.optional(),
  /** Rows in which this column is no number are skipped: lines of descriptions, totals. */
  numeric: z.string().optional(),
  /** UTC offset of times that are given without one. */
  offset: z
    .string()
    .regex(/^[+-]\d\d:\d\d$/)
    .default('+08:00'),
  facts: z.array(factMappingSchema).min(1),
})

export type Mapping = z.infer<typeof mappingSchema>
export type FactMapping = z.infer<typeof factMappingSchema>
export type ValueMapping = z.infer<typeof valueSchema> | z.infer<typeof amountSchema>
export type When = z.infer<typeof whenSchema>

export type MappingRead = { ok: true; mapping: Mapping } | { ok: false; errors: string[] }

/** Checks a parsed mapping; errors say where and what. */
export const checkMapping = (value: unknown): MappingRead => {
  const parsed = mappingSchema.safeParse(value)
  if (parsed.success) return { ok: true, mapping: parsed.data }
  return {
    ok: false,
    errors: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'mapping'}: ${message}`),
  }
}

/** Reads a mapping file, YAML or JSON. */
export const readMapping = async (file: string): Promise<MappingRead> => {
  try {
    return checkMapping(parse(await readFile(file, 'utf8')))
  } catch (error) {
    return { ok: false, errors: [`${file}: ${error instanceof Error ? error.message : 'cannot be read'}`] }
  }
}

const inTemplate = (text: string): string[] => Array.from(text.matchAll(/\{([^{}]+)\}/g), (match) => match[1] ?? '')

/** Every column that a mapping names, to be looked for in the file before the first row. */
export const columnsOf = (mapping: Mapping): string[] => {
  const columns = new Set<string>([...inTemplate(mapping.customerNo), ...inTemplate(mapping.row ?? '')])
  if (mapping.numeric) columns.add(mapping.numeric)
  const visit = (value: unknown): void => {
    if (typeof value === 'string') for (const column of inTemplate(value)) columns.add(column)
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'column' && typeof inner === 'string') columns.add(inner)
      else if (key !== 'map' && key !== 'is' && key !== 'isNot') visit(inner)
    }
  }
  for (const fact of mapping.facts) {
    visit([fact.time, fact.amount, fact.data])
    if (typeof fact.when === 'string') columns.add(fact.when)
    else visit(fact.when)
  }
  return [...columns]
}
