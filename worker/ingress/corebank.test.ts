import { describe, expect, it } from 'vitest'
import { fenOf } from '../../schemas/events/cloudevents.ts'
import { parseFacts, unpackFacts } from './corebank.ts'

const NOW = Date.parse('2026-11-01T00:00:00Z')
const event = {
  specversion: '1.0',
  id: '1',
  source: '/core',
  type: 'cn.bank.balance.changed',
  time: '2026-10-31T23:00:00+08:00',
  subject: 'C-100',
  data: { amount: '1234.56', currency: 'CNY' },
}
const bytes = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))
const parse = (value: unknown, type = 'application/json') => parseFacts(type, bytes(value), NOW)
const withData = (type: string, data: unknown) => parse({ ...event, type, data })

describe('a fact', () => {
  it('is read from a CloudEvent, prefix of the type and offset of the time taken off', () =>
    expect(parse(event, 'application/cloudevents+json; charset=UTF-8')).toEqual({
      ok: true,
      rejected: [],
      facts: [
        {
          type: 'fact',
          id: '/core#1',
          customerNo: 'C-100',
          at: '2026-10-31T15:00:00.000Z',
          data: { kind: 'balance.changed', amount: 123456 },
        },
      ],
    }))

  it.each([
    [
      'holding.opened',
      { holding: 'H1', product: '理财', amountFen: 5, openedOn: '2026-01-01', maturesOn: '2026-07-01' },
    ],
    ['holding.matured', { holding: 'H1', on: '2026-07-01' }],
    ['holding.closed', { holding: 'H1', on: '2026-07-01' }],
    ['account.dormant', { dormant: true }],
    [
      'customer.profile',
      { customer: 'company', name: '某某公司', gold: true, lastContactOn: '2026-02-28', phone: '1' },
    ],
  ])('may be %s', (type, data) => {
    const parsed = withData(type, data)
    const { amountFen, ...rest } = { amountFen: undefined, ...data }
    const expected = amountFen === undefined ? rest : { ...rest, amount: amountFen }
    expect(parsed).toMatchObject({ ok: true, facts: [{ data: { kind: type, ...expected } }] })
  })

  it('may have a negative balance, but no holding of a negative amount', () => {
    expect(withData('balance.changed', { amount: '-0.05' })).toMatchObject({ facts: [{ data: { amount: -5 } }] })
    const holding = { holding: 'H', product: 'P', openedOn: '2026-01-01' }
    expect(withData('holding.opened', { ...holding, amountFen: -1 })).toMatchObject({
      errors: [{ path: 'data.amountFen', message: 'must not be negative' }],
    })
  })

  it.each([
    ['a JSON number of yuan', { amount: 1234.56 }],
    ['three decimals', { amount: '1.234' }],
    ['an exponent', { amount: '1e5' }],
    ['thousands separators', { amount: '1,234.00' }],
    ['no digits', { amount: '' }],
    ['another currency', { amount: '1', currency: 'USD' }],
    ['fen with a fraction', { amountFen: 1.5 }],
    ['fen beyond 2^53', { amountFen: 2 ** 53 }],
    ['yuan beyond 2^53 fen', { amount: '99999999999999.99' }],
    ['both', { amount: '1', amountFen: 100 }],
    ['neither', {}],
    ['a field of no meaning', { amount: '1', balance: 3 }],
  ])('is refused with %s', (_, data) =>
    expect(withData('balance.changed', data)).toMatchObject({ ok: false, status: 400 }),
  )

  it.each([
    ['specversion', '0.3'],
    ['id', ''],
    ['id', 7],
    ['source', 'a#b'],
    ['type', 'balance.gone'],
    ['type', 'xbalance.changed'],
    ['time', '2026-10-31T23:00:00'],
    ['time', '2026-10-31'],
    ['time', '9999-01-01T00:00:00Z'],
    ['subject', 12],
    ['subject', 'C 100'],
    ['subject', 'x'.repeat(65)],
    ['datacontenttype', 'text/xml'],
    ['data_base64', 'e30='],
  ])('tells that %s may not be %j', (path, value) =>
    expect(parse({ ...event, [path]: value })).toMatchObject({ ok: false, errors: [{ index: 0, path }] }),
  )

  it('ESC-MOVE: of a day to come is refused: no later balance would ever count', () => {
    expect(parse({ ...event, time: '2026-11-01T23:00:00Z' })).toMatchObject({ ok: true })
    const ahead = { ...event, id: '2', time: '2099-01-01T00:00:00Z' }
    expect(parse(ahead)).toMatchObject({ ok: false, status: 400, errors: [{ index: 0, path: 'time' }] })
    const lines = `${JSON.stringify(event)}\n${JSON.stringify(ahead)}`
    expect(parse(lines, 'application/x-ndjson')).toMatchObject({
      facts: [{ id: '/core#1' }],
      rejected: [{ line: 2, error: 'time: lies more than a day ahead' }],
    })
    expect(unpackFacts(bytes(lines), NOW)).toHaveLength(1)
  })

  it('may carry extension attributes', () =>
    expect(parse({ ...event, traceparent: '00-ab', datacontenttype: 'application/json' })).toMatchObject({ ok: true }))

  it('with a date that is none, or one that matures before it opens, is refused', () => {
    const holding = { holding: 'H', product: 'P', amountFen: 1, openedOn: '2026-02-01' }
    expect(withData('holding.opened', { ...holding, openedOn: '2026-02-30' })).toMatchObject({ ok: false })
    expect(withData('holding.opened', { ...holding, maturesOn: '2026-01-31' })).toMatchObject({
      errors: [{ path: 'data.maturesOn', message: 'lies before openedOn' }],
    })
  })
})

describe('a batch', () => {
  it('is all or nothing, and says which event is wrong and where', () => {
    const bad = { ...event, id: '2', data: { amount: 1 } }
    expect(parse([event, bad], 'application/cloudevents-batch+json')).toMatchObject({
      ok: false,
      errors: [{ index: 1, path: 'data.amount' }],
    })
    expect(parse([event, { ...event, id: '2' }])).toMatchObject({ facts: [{ id: '/core#1' }, { id: '/core#2' }] })
  })

  it('may not be empty, nor come as one event, nor one as a batch', () => {
    expect(parse([])).toMatchObject({ ok: false })
    expect(parse([event], 'application/cloudevents+json')).toMatchObject({ ok: false })
    expect(parse(event, 'application/cloudevents-batch+json')).toMatchObject({ ok: false })
  })
})

describe('lines', () => {
  const lines = (...all: string[]) => parse(all.join('\r\n'), 'application/x-ndjson')
  const good = JSON.stringify(event)

  it('take the good ones and report the others by line', () => {
    const parsed = lines(good, '', '{', JSON.stringify({ ...event, subject: '' }), good)
    expect(parsed).toMatchObject({
      ok: true,
      facts: [{}, {}],
      rejected: [{ line: 3, error: ': not JSON' }, { line: 4 }],
    })
  })

  it('without a good one are refused', () => expect(lines('x', '[]')).toMatchObject({ ok: false, status: 400 }))
})

describe('bytes', () => {
  it('of another content type are refused with 415', () =>
    expect(parse(event, 'text/plain')).toMatchObject({ ok: false, status: 415 }))

  it('may begin with a byte order mark', () =>
    expect(parse(`\ufeff${JSON.stringify(event)}`)).toMatchObject({ ok: true }))

  it('that are no UTF-8 are refused', () =>
    expect(parseFacts('application/json', new Uint8Array([0x22, 0xff, 0x22]), NOW)).toMatchObject({
      ok: false,
      status: 400,
    }))

  it('that nest deep are refused before they are parsed', () =>
    expect(parse('['.repeat(500_000))).toMatchObject({ errors: [{ message: 'JSON nests deeper than 64 levels' }] }))

  it('with a key twice count the last one', () =>
    expect(parse(JSON.stringify(event).replace('"id":"1"', '"id":"1","id":"2"'))).toMatchObject({
      facts: [{ id: '/core#2' }],
    }))

  it('that were stored give the same facts again, whatever their form', () => {
    const good = JSON.stringify(event)
    for (const [type, text] of [
      ['application/json', JSON.stringify(event, null, 2)],
      ['application/json', `[${good}]`],
      ['application/x-ndjson', `${good}\n`],
      ['application/x-ndjson', `{\n${good}\n[1]\n${good}`],
    ] as const) {
      const parsed = parse(text, type)
      expect(parsed.ok && parsed.facts.length > 0).toBe(true)
      expect(unpackFacts(bytes(text), NOW)).toEqual(parsed.ok && parsed.facts)
    }
  })
})

it('yuan become fen without a float between', () => {
  expect(['0', '-0.00', '1.1', '0.29', '90071992547409.91', '-5000000'].map(fenOf)).toEqual([
    0, 0, 110, 29, 9007199254740991, -500000000,
  ])
  expect(['90071992547409.92', '.5', '1.', '+1', ' 1', '１'].map(fenOf)).toEqual([null, null, null, null, null, null])
})
