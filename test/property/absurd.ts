import fc from 'fast-check'
import type { FactData, Fields, Value } from '../../schemas/events/index.ts'
import { parseRef } from '../../schemas/events/keys.ts'
import type { Field, ObjectDef } from '../../schemas/model/define.ts'
import { model } from '../../schemas/model/index.ts'
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'

/* Whatever a CRM and core banking may tell, however absurd. */

const text = fc.oneof(
  fc.constantFrom('', ' ', '\u0000', '😀🏦', '华星', 'a|b/c→d', '"', '-', 'NaN', 'x'.repeat(10_000), '<b>&amp;</b>'),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
)
const date = fc.constantFrom(
  '1970-01-01',
  '2199-12-31',
  '2026-03-05',
  '2026-02-30',
  '0000-00-00',
  '2026-3-5',
  '',
  'soon',
)
const instant = fc.constantFrom(
  '1970-01-01T00:00:00.000Z',
  '2199-12-31T23:59:59.999Z',
  '2026-03-05T02:00:00.000Z',
  '2026-03-05T10:00:00+08:00',
  '2026-03-05',
  'never',
  '',
)
const number = fc.oneof(
  fc.constantFrom(0, -1, 1, 0.5, 101, 1e15, -1e15, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 366),
  fc.integer(),
)

const valueOf = ({ type, options = [] }: Field): fc.Arbitrary<Value> => {
  const codes = options.map(({ code }) => code)
  const right: fc.Arbitrary<Value> = ((): fc.Arbitrary<Value> => {
    switch (type) {
      case 'integer':
      case 'number':
      case 'money':
        return number
      case 'boolean':
        return fc.boolean()
      case 'date':
        return date
      case 'dateTime':
        return instant
      case 'select':
        return fc.constantFrom(...codes, 'NO_SUCH')
      case 'multiSelect':
        return fc.array(fc.constantFrom(...codes, 'NO_SUCH'), { maxLength: 4 })
      case 'relation':
        return fc.constantFrom('', 'c1', 'p1', 'k1', 'd1', 'rm', 'nobody')
      case 'json':
        return fc.constantFrom<Value>(null, {}, [], 'x', [{ day: 1 }])
      default:
        return text
    }
  })()
  return fc.oneof(
    { weight: 6, arbitrary: right },
    { weight: 1, arbitrary: fc.constant(null) },
    // of another type than the model says: a CRM whose field somebody changed by hand
    {
      weight: 1,
      arbitrary: fc.oneof<fc.Arbitrary<Value>[]>(text, number, fc.boolean(), fc.constant([]), fc.constant({})),
    },
  )
}

const STANDARD: Record<string, string[]> = {
  task: ['title', 'status', 'dueAt', 'assigneeId'],
  company: ['name', 'accountOwnerId'],
  person: ['name', 'companyId'],
}
const objects = model.filter(({ name }) => !['tierRule', 'escalationPolicy', 'measure'].includes(name))

const recordOf = ({ name: object, fields }: ObjectDef) => {
  const standard = Object.fromEntries(
    (STANDARD[object] ?? ['name']).map((name) => [name, fc.oneof(text, fc.constantFrom('DONE', 'TODO', 'rm', 'c1'))]),
  )
  const own = Object.fromEntries(fields.map((field) => [field.name, valueOf(field)]))
  return fc.record({
    object: fc.constant(object),
    id: fc.constantFrom('c1', 'p1', 'k1', 'x1', 'x2'),
    deleted: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    createdAt: fc.constantFrom('1970-01-01T00:00:00.000Z', '2026-03-01T02:00:00.000Z'),
    fields: fc.record({ ...standard, ...own }, { requiredKeys: [] }) as fc.Arbitrary<Fields>,
  })
}
const record = fc.constantFrom(...objects).chain(recordOf)

/** The subject's own record, as it may be at first; a campaign's names a template. */
export const own = (ref: string): fc.Arbitrary<Fields> => {
  const object = objectOf(ref)
  const def = objects.find(({ name }) => name === object)
  const templateCode = fc.constantFrom(...defaultPlaybook.campaigns.map(({ code }) => code))
  return def
    ? fc
        .tuple(recordOf(def), templateCode)
        .map(([{ fields }, code]) => (object === 'campaign' ? { ...fields, templateCode: code } : fields))
    : fc.constant({})
}
export const objectOf = (ref: string): string => {
  const { object } = parseRef(ref)
  return object === 'template' ? 'campaignTemplate' : object
}

const day = fc.constantFrom('1970-01-01', '2026-03-05', '2199-12-31')
const data: fc.Arbitrary<FactData> = fc.oneof(
  fc.record({ kind: fc.constant('balance.changed' as const), amount: number.map(Math.round) }),
  fc.record({ kind: fc.constant('account.dormant' as const), dormant: fc.boolean() }),
  fc.record({ kind: fc.constant('account.usage' as const), transactions: fc.nat() }),
  fc.record({
    kind: fc.constant('holding.opened' as const),
    ...{ holding: text, product: text, amount: fc.nat(), openedOn: day, maturesOn: day },
  }),
  fc.record({ kind: fc.constantFrom('holding.matured' as const, 'holding.closed' as const), holding: text, on: day }),
  fc.record({
    kind: fc.constant('service.measured' as const),
    service: fc.constantFrom('COUNTER_WAIT', 'LOAN_ANSWER', 'NO_SUCH'),
    value: fc.double({ min: 0, max: 1e9, noNaN: true }),
  }),
  fc.record({
    kind: fc.constantFrom('complaint.received' as const, 'risk.found' as const, 'occasion.noted' as const),
    ...{ occasion: fc.constantFrom('COMPLAINT', 'RISK', 'ILLNESS', 'NO_SUCH'), ref: text, on: day, text },
  }),
  fc.record({
    kind: fc.constant('customer.profile' as const),
    ...{ customer: fc.constant('person' as const), name: text, gold: fc.boolean(), lastContactOn: day },
    attributes: fc.record({ income: number, birthOn: day, channels: number, industry: text }, { requiredKeys: [] }),
  }),
) as fc.Arbitrary<FactData>

export const step = fc.oneof(
  { weight: 3, arbitrary: record.map((one) => ({ record: one })) },
  {
    weight: 2,
    arbitrary: fc.record({
      data,
      at: fc.constantFrom('1990-01-01T00:00:00Z', '2026-03-02T03:00:00Z', '2026-04-01T00:00:00Z'),
    }),
  },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 40 }).map((days) => ({ days })) },
)
