import * as z from '../z.ts'
import { code, labelSchema } from './bits.ts'

/** Languages in which a document is made. */
export const DOCUMENT_LANGUAGES = ['zh', 'en'] as const
export type DocumentLanguage = (typeof DOCUMENT_LANGUAGES)[number]

/** Lists of records that a document can show: of a development, and of a weekly pack. */
export const DOCUMENT_LISTS = ['control', 'visits', 'holdings', 'meeting', 'followUp', 'figures'] as const
export type DocumentList = (typeof DOCUMENT_LISTS)[number]

const some = z.string().check(z.minLength(1))

/** One column of a list; without a label it is the field's own, `width` is its share of the page. */
const columnSchema = z.strictObject({
  field: some,
  label: z.optional(labelSchema),
  width: z._default(z.number().check(z.positive()), 1),
})

/** A part of a page. Texts take `{field}` places; what a field has in them is put there. */
const blockSchema = z.discriminatedUnion('block', [
  z.strictObject({
    block: z.literal('heading'),
    text: labelSchema,
    level: z._default(z.union([z.literal(1), z.literal(2)]), 1),
  }),
  z.strictObject({ block: z.literal('text'), text: labelSchema }),
  /** Label and value beside each other, or above each other where texts are long. */
  z.strictObject({
    block: z.literal('fields'),
    fields: z.array(some).check(z.minLength(1)),
    columns: z._default(z.union([z.literal(1), z.literal(2)]), 1),
  }),
  /** Scores with their mean (DEV-A08). `of`: the full mark. */
  z.strictObject({
    block: z.literal('scores'),
    fields: z.array(some).check(z.minLength(1)),
    of: z._default(z.number().check(z.positive()), 100),
  }),
  z.strictObject({
    block: z.literal('list'),
    list: z.enum(DOCUMENT_LISTS),
    columns: z.array(columnSchema).check(z.minLength(1)),
    empty: labelSchema,
  }),
  z.strictObject({
    block: z.literal('signatures'),
    parties: z.array(labelSchema).check(z.minLength(1), z.maxLength(4)),
  }),
])
export type DocumentBlock = z.infer<typeof blockSchema>

export const documentLayoutSchema = z.strictObject({
  code,
  /** Of the method, such as DEV-A08. */
  id: some,
  name: labelSchema,
  /** What it is made of: a development's record, or a weekly pack's lists. */
  about: z.enum(['development', 'week']),
  landscape: z._default(z.boolean(), false),
  header: labelSchema,
  footer: labelSchema,
  /** Fields without which it isn't made: what is missing is told on the record. */
  requires: z._default(z.array(some), []),
  /** A yes-or-no field that Ladder sets, and an item of the checklist that it ticks, once the document is made. */
  marks: z.optional(some),
  ticks: z.optional(code),
  blocks: z.array(blockSchema).check(z.minLength(1)),
})
export type DocumentLayout = z.infer<typeof documentLayoutSchema>

/** Documents made from the record (DEV-A08, DEV-A09, DEV-CTRL, ESC-WEEK). */
export const documentsSchema = z.strictObject({
  /** Who gives them out: stands on each page. */
  issuer: labelSchema,
  languages: z.array(z.enum(DOCUMENT_LANGUAGES)).check(z.minLength(1)),
  layouts: z.array(documentLayoutSchema),
})
export type Documents = z.infer<typeof documentsSchema>

/** Of playbooks that were made before there were documents: no layout; those that are installed come with the default playbook. */
export const noDocuments: Documents = { issuer: { en: 'The bank', zh: '本行' }, languages: ['zh', 'en'], layouts: [] }
