import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { RecordSnapshot } from '../../schemas/events/index.ts'
import type { CallResult, Failure, Page, Write } from '../../worker/crm/port.ts'
import { onHubspot, onTwenty, type PortBench, sendAll, type Trouble } from './crm-port.bench.ts'

/** One set of tests for the port, on every CRM: what holds on one holds on the others. */

let nth = 0
const upsert = (object: string, key: string, fields: Write['fields']): Write => ({
  id: String(++nth),
  object,
  key,
  fields,
})
const update = (object: string, recordId: string, fields: Write['fields']): Write => ({
  id: String(++nth),
  object,
  recordId,
  fields,
})

const value = <T>(result: CallResult<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}

describe.each([
  ['Twenty', onTwenty],
  ['HubSpot with custom objects', onHubspot('custom')],
  ['HubSpot with deals', onHubspot('deal')],
  ['HubSpot with plain keys', onHubspot('deal', ['task', 'visit'])],
])('the port on %s', (_, start) => {
  let bench: PortBench
  beforeAll(async () => {
    bench = await start()
  })
  afterAll(() => bench.close())
  afterEach(() => {
    bench.clearFaults()
    bench.noRoomUntil = null
    bench.renew()
  })

  const only = async (object: string, id: string): Promise<RecordSnapshot | undefined> =>
    value(await bench.crm.read(object, [id]))[0]
  const changes = async (object: string, since: number): Promise<RecordSnapshot[]> => {
    const found: RecordSnapshot[] = []
    for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
      const page: Page = value(await bench.crm.changedSince(object, new Date(since).toISOString(), cursor))
      found.push(...page.records)
      cursor = page.next
    }
    return found
  }
  const allIds = async (object: string): Promise<string[]> => {
    const found: string[] = []
    for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
      const page: { ids: string[]; next: string | null } = value(await bench.crm.ids(object, cursor))
      found.push(...page.ids)
      cursor = page.next
    }
    return found
  }

  it('an upsert twice is one record, and the later fields win', async () => {
    const fields = { title: 'Call', status: 'TODO', dueAt: '2026-11-05T09:00:00.000Z', ladderKind: 'CALL' }
    const before = bench.count('task')
    const first = await sendAll(bench, [upsert('task', 'company:1/call/1', fields)])
    bench.renew()
    const again = await sendAll(bench, [upsert('task', 'company:1/call/1', { ...fields, status: 'DONE' })])
    expect(bench.count('task')).toBe(before + 1)
    const [one] = first.written.values()
    const [other] = again.written.values()
    expect(other?.recordId).toBe(one?.recordId)
    expect((await only('task', one?.recordId ?? ''))?.fields).toMatchObject({
      ...fields,
      status: 'DONE',
      ladderKey: 'company:1/call/1',
    })
  })

  it('an update by id sets its fields alone; another write to nobody is reported as gone', async () => {
    const [a, b, c] = await Promise.all(['A', 'B', 'C'].map((name) => bench.byHand.add('company', { name })))
    await bench.byHand.destroy('company', c ?? '')
    const outcome = await sendAll(bench, [
      update('company', a ?? '', { ladderTier: 'GOLD', ladderBalance: 1_234_567, ladderTierSince: '2026-11-02' }),
      update('company', b ?? '', { ladderNotice: 'n' }),
    ])
    expect(outcome.failures).toEqual([])
    expect((await only('company', a ?? ''))?.fields).toMatchObject({
      name: 'A',
      ladderTier: 'GOLD',
      ladderBalance: 1_234_567,
      ladderTierSince: '2026-11-02',
      ladderNotice: null,
    })
    expect((await only('company', b ?? ''))?.fields).toMatchObject({ name: 'B', ladderNotice: 'n', ladderTier: null })
    const gone = await sendAll(bench, [update('company', c ?? '', { ladderNotice: 'n' })])
    expect([...gone.written.values()]).toMatchObject([{ recordId: c, gone: true }])
  })

  it('money and dates pass exactly, both ways', async () => {
    const id = await bench.byHand.add('company', { name: 'Exact' })
    for (const fen of [0, 1, 29, 99, 1_234_567_890_123, -1]) {
      await sendAll(bench, [update('company', id, { ladderBalance: fen })])
      expect((await only('company', id))?.fields.ladderBalance).toBe(fen)
    }
    const at = '2026-11-02T03:04:05.000Z'
    await sendAll(bench, [update('company', id, { ladderBalanceAt: at, ladderDormant: false, ladderBalance: null })])
    expect((await only('company', id))?.fields).toMatchObject({
      ladderBalanceAt: at,
      ladderDormant: false,
      ladderBalance: null,
    })
  })

  it('a customer is found by its number, whoever made it, and comes whole with the answer', async () => {
    const id = await bench.byHand.add('company', { name: 'By hand', ladderCustomerNo: 'N-1', ladderGold: true })
    const before = bench.count('company')
    const outcome = await sendAll(bench, [
      upsert('company', 'N-1', { name: 'Core name' }),
      upsert('company', 'N-2', { name: 'New' }),
    ])
    expect(bench.count('company')).toBe(before + 1)
    const records = [...outcome.written.values()].map(({ record }) => record)
    expect(records.find((record) => record?.id === id)?.fields).toMatchObject({
      name: 'Core name',
      ladderGold: true,
      ladderCustomerNo: 'N-1',
    })
    expect(records.find((record) => record?.fields.ladderCustomerNo === 'N-2')?.fields.name).toBe('New')
  })

  it('a relation leads to a record by id or by key, in one go', async () => {
    const company = await bench.byHand.add('company', { name: 'Linked' })
    const outcome = await sendAll(bench, [
      upsert('task', 'dev/r/task', {
        title: 'T',
        status: 'TODO',
        dueAt: '2026-11-05T09:00:00.000Z',
        ladderCompany: company,
        ladderDevelopment: { key: 'dev/r' },
      }),
      upsert('development', 'dev/r', { name: 'D', pipeline: 'DEV_A', stage: 'DEV_A01', company }),
    ])
    expect(outcome).toMatchObject({ failures: [], refused: [] })
    const development = bench.known.get('dev/r') ?? ''
    expect((await only('task', bench.known.get('dev/r/task') ?? ''))?.fields).toMatchObject({
      ladderCompany: company,
      ladderDevelopment: development,
    })
    expect((await only('development', development))?.fields).toMatchObject({
      company,
      stage: 'DEV_A01',
      pipeline: 'DEV_A',
    })
  })

  it('a record that people made says whom it is about', async () => {
    const company = await bench.byHand.add('company', { name: 'Visited' })
    const visit = await bench.byHand.add('visit', {
      name: 'V',
      status: 'HELD',
      company,
      heldAt: '2026-11-02T03:00:00.000Z',
    })
    expect((await only('visit', visit))?.fields).toMatchObject({
      name: 'V',
      status: 'HELD',
      company,
      heldAt: '2026-11-02T03:00:00.000Z',
    })
  })

  it('changes since an instant: edits and deletions, the oldest first, each with its whole fields', async () => {
    const [a, b] = [
      await bench.byHand.add('company', { name: 'First' }),
      await bench.byHand.add('company', { name: 'Second' }),
    ]
    const since = bench.now() + 1
    await bench.byHand.edit('company', b, { ladderGold: true })
    await bench.byHand.edit('company', a, { ladderGold: true })
    await bench.byHand.remove('company', b)
    const found = (await changes('company', since)).filter(({ deleted }) => !deleted)
    expect(found.map(({ id }) => id)).toEqual([a])
    expect(found[0]?.fields).toMatchObject({ name: 'First', ladderGold: true })
    const binned = (await changes('company', since)).filter(({ deleted }) => deleted)
    expect(binned.map(({ id }) => id)).toEqual([b])
    expect(await changes('company', bench.now() + 3_600_000)).toEqual([])
  })

  it('450 records: written in few calls, all listed, all found as changed, in order', async () => {
    const since = bench.now() + 1
    const writes = Array.from({ length: 450 }, (_one, index) =>
      upsert('task', `many/${index}`, { title: `T ${index}`, status: 'TODO', dueAt: '2026-11-05T09:00:00.000Z' }),
    )
    const before = bench.calls()
    const outcome = await sendAll(bench, writes)
    expect(outcome.written.size).toBe(450)
    expect(bench.calls() - before).toBeLessThanOrEqual(bench.isLookedUp ? 10 : 5)
    const ids = new Set([...outcome.written.values()].map(({ recordId }) => recordId))
    expect((await allIds('task')).filter((id) => ids.has(id))).toHaveLength(450)
    const found = await changes('task', since)
    expect(new Set(found.map(({ id }) => id))).toEqual(ids)
    const times = found.map(({ at }) => at)
    expect(times).toEqual([...times].sort())
  })

  it('one bad record among many does not keep the others from being written', async () => {
    const before = bench.count('task')
    const writes = Array.from({ length: 20 }, (_one, index) =>
      upsert('task', `mixed/${index}`, {
        title: `T ${index}`,
        status: 'TODO',
        dueAt: '2026-11-05T09:00:00.000Z',
        ladderKind: index === 13 ? 'NO_SUCH_KIND' : 'CALL',
      }),
    )
    const outcome = await sendAll(bench, writes)
    expect(bench.count('task')).toBe(before + 19)
    expect(outcome.refused.length + outcome.failures.length).toBe(1)
    expect(outcome.written.has(writes[13]?.id ?? '')).toBe(false)
  })

  it('reads those that exist, and nothing else', async () => {
    const id = await bench.byHand.add('company', { name: 'Here' })
    const nobody = id.replace(/.$/, (last) => (last === '0' ? '1' : '0')).replace(/^./, '9')
    const found = value(await bench.crm.read('company', [id, nobody]))
    expect(found.map((record) => record.id)).toEqual([id])
    expect(value(await bench.crm.read('company', []))).toEqual([])
  })

  it('knows the users by e-mail', async () => {
    const members = value(await bench.crm.members())
    expect(members.length).toBeGreaterThan(0)
    for (const { id, email, name } of members) {
      expect(id).not.toBe('')
      expect(email).toMatch(/^[^A-Z@]+@[^A-Z@]+$/)
      expect(name).not.toBe('')
    }
  })

  it('an owner is written and read as a user', async () => {
    const [member] = value(await bench.crm.members())
    const id = await bench.byHand.add('person', { name: '王小明' })
    await sendAll(bench, [update('person', id, { ladderRm: member?.id ?? '' })])
    expect((await only('person', id))?.fields).toMatchObject({ name: '王小明', ladderRm: member?.id })
  })

  it('each call is charged; without room nothing is asked', async () => {
    bench.spent.length = 0
    const before = bench.calls()
    await bench.crm.members()
    await changes('company', bench.now())
    expect(bench.calls() - before).toBe(bench.spent.length)
    bench.noRoomUntil = 77
    const asked = bench.calls()
    const answers = [
      await bench.crm.members(),
      await bench.crm.read('company', ['1']),
      await bench.crm.ids('company', null),
      await bench.crm.changedSince('company', '2026-11-02T00:00:00.000Z', null),
      await bench.crm.send({ object: 'company', writes: [update('company', '1', { ladderNotice: 'n' })] }),
    ]
    for (const answer of answers) expect(answer).toMatchObject({ ok: false, failure: { kind: 'later', until: 77 } })
    expect(bench.calls()).toBe(asked)
  })

  it.each<[string, Trouble, Failure['kind']]>([
    ['429', { status: 429 }, 'limit'],
    ['401', { status: 401 }, 'auth'],
    ['403', { status: 403 }, 'auth'],
    ['400', { status: 400 }, 'refused'],
    ['409', { status: 409 }, 'refused'],
    ['414', { status: 414 }, 'refused'],
    ['302', { status: 302 }, 'unreachable'],
    ['408', { status: 408 }, 'unreachable'],
    ['500', { status: 500 }, 'unreachable'],
    ['502', { status: 502 }, 'unreachable'],
    ['503', { status: 503 }, 'unreachable'],
    ['504', { status: 504 }, 'unreachable'],
    ['a cut connection', { cut: true }, 'unreachable'],
  ])('%s is told apart by what to do about it, on every call', async (_status, trouble, kind) => {
    const id = await bench.byHand.add('company', { name: 'X' })
    const asks = [
      () => bench.crm.members(),
      () => bench.crm.read('company', [id]),
      () => bench.crm.ids('company', null),
      () => bench.crm.changedSince('company', '2026-11-02T00:00:00.000Z', null),
      () => bench.crm.send({ object: 'company', writes: [update('company', id, { ladderNotice: 'n' })] }),
    ]
    for (const ask of asks) {
      bench.failNext(trouble)
      const answer: CallResult<unknown> = await ask()
      bench.clearFaults()
      if (answer.ok) throw new Error('it went well')
      expect(answer.failure.kind).toBe(kind)
      expect(answer.failure.message).not.toContain(bench.token)
    }
  })

  it('a write whose answer is lost is there once when it is sent again', async () => {
    const before = bench.count('task')
    const write = upsert('task', 'lost/1', { title: 'T', status: 'TODO', dueAt: '2026-11-05T09:00:00.000Z' })
    bench.failNext({ cut: true, when: 'after' })
    expect((await sendAll(bench, [write])).failures).toMatchObject([{ kind: 'unreachable' }])
    expect((await sendAll(bench, [write])).written.size).toBe(1)
    expect(bench.count('task')).toBe(before + 1)
  })
})
