/**
 * zod for all that the Worker checks: its functional half, of which a bundle holds only what is used, with messages in English.
 * `import * as z from '…/schemas/z.ts'`: `z.optional(z.string())` and `z.string().check(z.minLength(1))` instead of chains.
 */
import en from 'zod/v4/locales/en.js'
import { config } from 'zod/mini'

config(en())

export * from 'zod/mini'
