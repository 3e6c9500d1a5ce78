import * as z from '../z.ts'

/** A text in both languages. */
export const labelSchema = z.strictObject({
  en: z.string().check(z.minLength(1)),
  zh: z.string().check(z.minLength(1)),
})

/** UPPER_SNAKE: the only form that every CRM takes. */
export const code = z.string().check(z.regex(/^[A-Z][A-Z0-9_]*$/, 'a code in UPPER_SNAKE, such as HIGH_END'))
/** A FEEL expression or S-FEEL cell; whether it can be read is checked when the playbook is compiled. */
export const feel = z.string().check(z.minLength(1))
/** True where the bank's documents give no figure and this project chose one: an admin should look at it. */
export const isDefault = z.optional(z.boolean())

/** `HH:MM`, 24 hours. */
export const clock = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 09:00'))
/** `MM-DD`, a day that every year has: not 29 February. */
export const monthDay = z
  .string()
  .check(
    z.regex(
      /^((0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)$/,
      'a day that every year has, such as 12-01',
    ),
  )
export const isoDate = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'an ISO date such as 2026-10-01'))
