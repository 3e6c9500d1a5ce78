import * as z from '../z.ts'
import { ATTRIBUTES, type Attributes } from '../model/attributes.ts'
import { CLOSED, FACT_KINDS, type Fact, type FactData, type FactKind, NOTED } from './index.ts'

/**
 * Core-banking facts on the wire: CloudEvents 1.0 in JSON. Money is either `amountFen`, an integer of fen, or `amount`, a
 * decimal of yuan as text (`"1234.56"`): a JSON number of yuan is refused, since it may have lost its last digits already.
 */

/** Reads yuan as decimal text into fen; null when it has more than two decimals or is beyond 2^53 fen. */
export const fenOf = (yuan: string): number | null => {
  const match = /^(-?)(\d{1,14})(?:\.(\d{1,2}))?$/.exec(yuan)
  if (!match) return null
  const fen = Number((match[2] ?? '') + (match[3] ?? '').padEnd(2, '0'))
  if (!Number.isSafeInteger(fen)) return null
  return match[1] === '-' && fen !== 0 ? -fen : fen
}

const AMOUNT = 'write yuan as text with at most two decimals, such as "1234.56"'

const money = {
  amount: z.optional(z.string(`${AMOUNT}; a JSON number is refused`)),
  amountFen: z.optional(z.int('write fen as a whole number, such as 123456')),
  currency: z.optional(z.literal('CNY', 'only CNY is taken')),
}

/** Checks that money is given once and gives it in fen. */
const inFen = (
  data: { amount?: string | undefined; amountFen?: number | undefined },
  context: z.core.ParsePayload,
  least: number,
): number => {
  const refuse = (path: string, message: string): never => {
    context.issues.push({ code: 'custom', path: [path], message, input: data })
    return z.NEVER
  }
  if ((data.amount === undefined) === (data.amountFen === undefined)) {
    return refuse('amount', 'give either amount (yuan, text) or amountFen (whole number)')
  }
  const path = data.amount === undefined ? 'amountFen' : 'amount'
  const fen = data.amount === undefined ? data.amountFen : fenOf(data.amount)
  if (fen === null || fen === undefined) return refuse('amount', AMOUNT)
  return fen < least ? refuse(path, 'must not be negative') : fen
}

const date = z.iso.date('write a date as 2026-11-21')
const holding = z.string().check(z.trim(), z.minLength(1), z.maxLength(128))

/** Text of a feed is taken for a number too; yuan become fen. */
const attributeSchemas = {
  money: z.pipe(z.pipe(z.string(AMOUNT), z.transform(fenOf)), z.int(AMOUNT)),
  number: z.pipe(
    z.union([z.number(), z.string().check(z.regex(/^-?\d{1,15}(\.\d{1,9})?$/, 'write a number'))]),
    z.transform(Number),
  ),
  boolean: z.boolean(),
  text: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)),
  date,
}

/** Null: not known any more. Unknown names are refused. */
const attributes = z.pipe(
  z.strictObject(
    Object.fromEntries(Object.entries(ATTRIBUTES).map(([name, type]) => [name, z.nullish(attributeSchemas[type])])),
  ),
  z.transform((values) => values as Attributes),
)

const named = z.string().check(z.regex(/^[A-Z][A-Z0-9_]*$/, 'a code in UPPER_SNAKE, such as COMPLAINT'))
const kindIn = (own: string, data: object): string => own || String((data as { occasion?: string }).occasion)

/** An occasion: its kind is the fact's own, or named in the data. */
const noted = <K extends keyof typeof NOTED>(kind: K) =>
  z.pipe(
    z.strictObject({
      ref: holding,
      on: z.optional(date),
      text: z.optional(z.string().check(z.trim(), z.maxLength(2000))),
      ...(NOTED[kind] === '' ? { occasion: named } : {}),
    }),
    z.transform(({ on, text, ref, ...data }): FactData => ({
      kind,
      ref,
      occasion: kindIn(NOTED[kind], data),
      ...(on ? { on } : {}),
      ...(text ? { text } : {}),
    })),
  )

const closed = <K extends keyof typeof CLOSED>(kind: K) =>
  z.pipe(
    z.strictObject({ ref: holding, ...(CLOSED[kind] === '' ? { occasion: named } : {}) }),
    z.transform(({ ref, ...data }): FactData => ({ kind, ref, occasion: kindIn(CLOSED[kind], data) })),
  )

/** The data of each kind of fact, unknown fields refused: a mistyped `maturesOn` must not pass unseen. */
const dataSchemas = {
  /** The balance after the change. Negative means overdrawn, or a credit on a card. */
  'balance.changed': z.pipe(
    z.strictObject(money),
    z.transform((data, context): FactData => ({ kind: 'balance.changed', amount: inFen(data, context, -Infinity) })),
  ),
  'holding.opened': z.pipe(
    z
      .strictObject({
        holding,
        product: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
        ...money,
        openedOn: date,
        maturesOn: z.optional(date),
      })
      .check(
        z.refine((data) => data.maturesOn === undefined || data.maturesOn >= data.openedOn, {
          path: ['maturesOn'],
          message: 'lies before openedOn',
        }),
      ),
    z.transform((data, context): FactData => {
      const { holding, product, openedOn, maturesOn } = data
      const amount = inFen(data, context, 0)
      return { kind: 'holding.opened', holding, product, amount, openedOn, ...(maturesOn ? { maturesOn } : {}) }
    }),
  ),
  'holding.matured': z.pipe(
    z.strictObject({ holding, on: date }),
    z.transform((data): FactData => ({ kind: 'holding.matured', ...data })),
  ),
  'holding.closed': z.pipe(
    z.strictObject({ holding, on: date }),
    z.transform((data): FactData => ({ kind: 'holding.closed', ...data })),
  ),
  'account.dormant': z.pipe(
    z.strictObject({ dormant: z.boolean() }),
    z.transform((data): FactData => ({ kind: 'account.dormant', ...data })),
  ),
  'customer.profile': z.pipe(
    z.strictObject({
      customer: z.enum(['company', 'person']),
      name: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
      gold: z.optional(z.boolean()),
      lastContactOn: z.optional(date),
      phone: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(40))),
      attributes: z.optional(attributes),
    }),
    z.transform((data): FactData => ({ kind: 'customer.profile', ...data })),
  ),
  'complaint.received': noted('complaint.received'),
  'complaint.answered': closed('complaint.answered'),
  'fee.due': noted('fee.due'),
  'fee.paid': closed('fee.paid'),
  'risk.found': noted('risk.found'),
  'risk.closed': closed('risk.closed'),
  'occasion.noted': noted('occasion.noted'),
  'occasion.closed': closed('occasion.closed'),
  /** Transactions of the last time that core banking counts by, such as three months. */
  'account.usage': z.pipe(
    z.strictObject({ transactions: z.int().check(z.nonnegative()) }),
    z.transform((data): FactData => ({ kind: 'account.usage', ...data })),
  ),
  /** One measurement of a service that a promise is about, in the promise's unit. */
  'service.measured': z.pipe(
    z.strictObject({ service: named, value: z.number().check(z.nonnegative()) }),
    z.transform((data): FactData => ({ kind: 'service.measured', ...data })),
  ),
} satisfies Record<FactKind, z.ZodMiniType<FactData>>

/** The kind in a CloudEvents type, which may carry a reverse-DNS prefix: `cn.bank.balance.changed`. */
export const kindOfType = (type: string): FactKind | undefined =>
  FACT_KINDS.find((kind) => type === kind || (type.endsWith(`.${kind}`) && /^[a-z0-9.-]{1,200}$/i.test(type)))

/** A header-like text: printable, no spaces. */
const token = (most: number) =>
  z.string().check(z.regex(/^[\p{L}\p{N}\p{P}\p{S}]+$/u, 'no spaces or control characters'), z.maxLength(most))

/** What every event has. Extension attributes, which CloudEvents allows, are let through and not read. */
export const cloudEventSchema = z.looseObject({
  specversion: z.literal('1.0', 'only CloudEvents 1.0 is taken'),
  id: token(256),
  source: token(256).check(z.regex(/^[^#]+$/, 'must have no #')),
  type: z
    .string()
    .check(z.refine((type) => kindOfType(type) !== undefined, `must be, or end in, one of ${FACT_KINDS.join(', ')}`)),
  time: z.iso
    .datetime({ offset: true, error: 'write an instant with its offset, such as 2026-11-21T09:30:00+08:00' })
    .check(z.refine((time) => time >= '1990' && time < '2100', 'out of range')),
  /** The bank's customer number. */
  subject: z.pipe(z.string('the customer number, as text'), token(64)),
  datacontenttype: z.optional(
    z.string().check(z.regex(/^application\/([a-z0-9.-]+\+)?json\s*(;|$)/i, 'data must be JSON')),
  ),
  data_base64: z.optional(z.undefined('data must be JSON, not data_base64')),
  data: z.unknown(),
})

/** One CloudEvent as a fact. Its id is unique with its source, so the same event sent twice is one fact. */
export const factSchema = z.pipe(
  cloudEventSchema,
  z.transform((event, context): Fact => {
    const kind = kindOfType(event.type)
    const data = kind ? dataSchemas[kind].safeParse(event.data) : undefined
    if (!data?.success) {
      for (const issue of data?.error.issues ?? []) {
        const path = ['data', ...issue.path]
        context.issues.push({ code: 'custom', path, message: issue.message, input: event })
      }
      return z.NEVER
    }
    return {
      type: 'fact',
      id: `${event.source}#${event.id}`,
      customerNo: event.subject,
      at: new Date(event.time).toISOString(),
      data: data.data,
    }
  }),
)
