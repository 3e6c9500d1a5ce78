import { describe, expect, it } from 'vitest'
import type { Write } from '../../worker/crm/port.ts'
import { begin, DUE, send, task } from './hubspot.world.ts'

/** Answers in parts, workflows that wait, and campaigns as marketing events. */

describe('answers in parts', () => {
  const five = ['1', '2', '3', '4', '5'].map((id) => task(id, `k/${id}`))

  it.each<[string, string, string[], string[]]>([
    ['a refusal of one', 'VALIDATION_ERROR', ['3'], []],
    ['an error of the moment', 'INTERNAL_ERROR', [], ['3']],
    ['a limit in the midst', 'RATE_LIMITS', [], ['3']],
  ])('207 with %s: the others are written', async (_name, category, refused, silent) => {
    const world = await begin()
    world.hubspot.failNext({ match: /batch\/upsert/, partial207: [2], category })
    const [batch] = world.crm.plan(five).batches
    const result = await world.crm.send(batch ?? { object: 'task', writes: [] })
    if (!result.ok) throw new Error(result.failure.message)
    const mentioned = [...result.value.written, ...result.value.refused].map(({ id }) => id)
    expect(result.value.written).toHaveLength(4)
    expect(result.value.refused.map(({ id }) => id)).toEqual(refused)
    expect(five.map(({ id }) => id).filter((id) => !mentioned.includes(id))).toEqual(silent)
    expect(world.hubspot.store.list('tasks')).toHaveLength(4)
  })

  it('updates of records that are gone are told one by one, in parts and where the batch fails as a whole', async () => {
    const world = await begin()
    const { hubspot, crm } = world
    const ids = ['A', 'B', 'C'].map((name) => hubspot.store.create('companies', { name }).id)
    hubspot.store.archive('companies', ids[1] ?? '')
    const writes = ids.map((recordId, at): Write => ({
      id: String(at),
      object: 'company',
      recordId,
      fields: { ladderNotice: 'n' },
    }))
    const [batch] = crm.plan(writes).batches
    const result = await crm.send(batch ?? { object: 'company', writes: [] })
    expect(result.ok && result.value.written.filter(({ gone }) => gone).map(({ recordId }) => recordId)).toEqual([
      ids[1],
    ])
    hubspot.setBatchErrors('whole')
    expect(await crm.send({ object: 'company', writes })).toMatchObject({ failure: { kind: 'refused', status: 404 } })
    const alone = await crm.send({ object: 'company', writes: writes.slice(1, 2) })
    expect(alone).toMatchObject({ ok: true, value: { written: [{ id: '1', gone: true }] } })
  })

  it('a relation to a record that is nowhere refuses that write alone', async () => {
    const world = await begin()
    const writes = [task('1', 'k/1'), task('2', 'k/2', { ladderDevelopment: { key: 'nowhere' } })]
    const [batch] = world.crm.plan(writes).batches
    const result = await world.crm.send(batch ?? { object: 'task', writes: [] })
    expect(result).toMatchObject({ ok: true, value: { written: [{ id: '1' }], refused: [{ id: '2' }] } })
    expect(JSON.stringify(result)).toContain('nowhere')
  })

  it('a few fields for a record that somebody deleted bring nothing back', async () => {
    const world = await begin()
    await send(world, world.crm, [task('1', 'k/1')])
    const id = world.known.get('k/1') ?? ''
    world.hubspot.store.archive('tasks', id)
    const closing: Write = { id: '2', object: 'task', key: 'k/1', fields: { status: 'DONE', dueAt: DUE } }
    const result = await world.anew().send({ object: 'task', writes: [closing] })
    expect(result).toMatchObject({ ok: true, value: { written: [{ id: '2', recordId: id, gone: true }] } })
    expect(world.hubspot.store.list('tasks')).toEqual([])
    // made anew as a whole it is a record again
    await send(world, world.anew(), [task('3', 'k/1')])
    expect(world.hubspot.store.list('tasks')).toHaveLength(1)
  })
})

describe('workflows that wait', () => {
  it('are told how their action ended; one that waits no more is refused', async () => {
    const { crm } = await begin()
    const answer = await crm.completeAction?.('ap-1-2-3', { ladder_tier: 'GOLD' })
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'refused', status: 404 } })
  })
})

describe('marketing events', () => {
  it('guests of an event that is not there yet wait for it; without the option there is no picture', async () => {
    const world = await begin()
    const person = world.hubspot.store.create('contacts', { lastname: '王小明' }).id
    const base = { at: DUE, createdAt: DUE, deleted: false }
    const campaign = { ...base, object: 'campaign', id: '1', fields: { name: 'Salon', heldOn: DUE, status: 'PLANNED' } }
    const guest = { ...base, object: 'participation', id: '2', fields: { campaign: '1', person, invite: 'CONFIRMED' } }
    expect(world.crm.picture?.([campaign, guest])).toEqual([])
    world.layout.marketingEvents = true
    const crm = world.anew()
    const [event, attendance] = crm.picture?.([campaign, guest]) ?? []
    if (!event || !attendance) throw new Error('no picture')
    expect(await crm.send({ object: attendance.object, writes: [attendance] })).toEqual({
      ok: true,
      value: { written: [], refused: [] },
    })
    expect(await send(world, crm, [attendance, event])).toBeNull()
    expect(world.hubspot.calls.list.map(({ status }) => status)).toEqual([404, 200, 200])
  })
})

describe('records that were merged', () => {
  it('the one that took over names them, and is what a read by the old id gives, as far back as it goes', async () => {
    const { hubspot, crm } = await begin()
    const [a = '', b = '', c = '', d = ''] = ['A', 'B', 'C', 'D'].map(
      (name) => hubspot.store.create('companies', { name }).id,
    )
    hubspot.store.merge('companies', b, a)
    hubspot.store.merge('companies', c, b)
    hubspot.store.archive('companies', d)
    const read = await crm.read('company', [a, b, d, '404'])
    expect(read.ok && read.value.map(({ id, merged, deleted }) => [id, merged?.toSorted() ?? null, deleted])).toEqual([
      [c, [a, b], false],
      [d, null, true],
    ])
    const kept = await crm.read('company', [c])
    expect(kept.ok && kept.value[0]?.merged?.toSorted()).toEqual([a, b])
  })
})
