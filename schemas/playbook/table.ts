import * as z from '../z.ts'

/** DMN hit policies: Unique, Any, Priority, First, Rule order, Output order, Collect (list, sum, min, max, count). */
export const hitPolicies = ['U', 'A', 'P', 'F', 'R', 'O', 'C', 'C+', 'C<', 'C>', 'C#'] as const

/** FEEL types that a column may have. Dates are ISO 8601 strings in the records that a table reads. */
export const columnTypes = [
  'string',
  'number',
  'boolean',
  'date',
  'dateTime',
  'time',
  'dayTimeDuration',
  'yearMonthDuration',
  'any',
] as const

const id = z.string().check(z.minLength(1, 'give it an id, for example "tier"'), z.maxLength(200))
const text = z.string().check(z.maxLength(2000, 'a cell holds at most 2000 characters'))

/** What a table reads: one column of conditions. */
export const inputColumnSchema = z.strictObject({
  name: id,
  label: z.optional(z.string().check(z.maxLength(200))),
  /** FEEL expression, mostly the name of a field, for example `assets` or `company.tier`. */
  expression: text.check(z.minLength(1, 'name the field that this column reads, for example "assets"')),
  type: z.optional(z.enum(columnTypes)),
  /** Allowed values as unary tests, for example `"A","B","C"` or `[0..100]`. */
  values: z.optional(text),
})

/** What a table decides: one column of results. */
export const outputColumnSchema = z.strictObject({
  name: id,
  label: z.optional(z.string().check(z.maxLength(200))),
  type: z.optional(z.enum(columnTypes)),
  /** Allowed values, for P and O from the highest priority to the lowest: `"VIP","GOLD"`. */
  values: z.optional(text),
  /** FEEL expression used when no row hits. */
  default: z.optional(text),
})

/** One row: a condition for each input column, a result for each output column. */
export const tableRuleSchema = z.strictObject({
  id,
  when: z.array(text),
  then: z.array(text),
  note: z.optional(z.string().check(z.maxLength(4000))),
})

/**
 * A DMN decision table as it lives in the playbook (`TIER-RULES`, escalation and cadence tables): plain JSON, S-FEEL cells.
 * Errors name the path, what is wrong and an example.
 */
export const tableSchema = z
  .strictObject({
    id,
    name: z.string().check(z.minLength(1), z.maxLength(200)),
    hitPolicy: z.enum(hitPolicies),
    inputs: z.array(inputColumnSchema).check(z.maxLength(64)),
    outputs: z
      .array(outputColumnSchema)
      .check(z.minLength(1, 'a table needs at least one output column'), z.maxLength(64)),
    rules: z.array(tableRuleSchema).check(z.maxLength(2000)),
  })
  .check(
    z.superRefine((table, context) => {
      const problem = (path: (string | number)[], message: string): void => {
        context.addIssue({ code: 'custom', path, message })
      }
      const seen = new Set<string>()
      table.rules.forEach((rule, index) => {
        const { inputs, outputs } = table
        if (rule.when.length !== inputs.length)
          problem(['rules', index, 'when'], `has ${rule.when.length} conditions for ${inputs.length} input columns`)
        if (rule.then.length !== outputs.length)
          problem(['rules', index, 'then'], `has ${rule.then.length} results for ${outputs.length} output columns`)
        if (seen.has(rule.id)) problem(['rules', index, 'id'], `"${rule.id}" is the id of an earlier row too`)
        seen.add(rule.id)
      })
      for (const side of ['inputs', 'outputs'] as const) {
        const names = new Set<string>()
        table[side].forEach((column, index) => {
          if (names.has(column.name)) problem([side, index, 'name'], `"${column.name}" names two columns`)
          names.add(column.name)
        })
      }
      if ((table.hitPolicy === 'P' || table.hitPolicy === 'O') && !table.outputs.some((output) => output.values))
        problem(['outputs', 0, 'values'], `hit policy ${table.hitPolicy} needs the order of the results: "VIP","GOLD"`)
    }),
  )

export type HitPolicy = (typeof hitPolicies)[number]
export type ColumnType = (typeof columnTypes)[number]
export type TableRule = z.infer<typeof tableRuleSchema>
export type DecisionTable = z.infer<typeof tableSchema>
