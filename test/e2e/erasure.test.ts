import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { ACCOUNT, EVERYWHERE, world, type World } from './harness.ts'

/** A customer who asks to be forgotten: what Ladder has made for it in the CRM must not go on naming it. */

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const MINUTE = 60_000

const worker = inject('scripts')

describe.each(EVERYWHERE)('after an erasure, %s, %i shard(s)', (crm, shards) => {
  let bank: World
  beforeAll(async () => {
    bank = await world({ start: START, crm, shards, worker })
    await bank.quiet()
    await bank.sweep()
  })
  afterAll(async () => bank.close())

  const NAMES = { gone: '长青实业', stays: '长安实业' }
  const objects = ['task', 'tierRating', 'escalation', 'participation', 'holding']
  const told = (name: string): string[] =>
    objects
      .filter((object) => bank.crm.carries(object))
      .flatMap((object) =>
        bank.crm.list(object).map((shown) => JSON.stringify([object, shown, bank.crm.raw(object, shown.id)])),
      )
      .filter((text) => text.includes(name))

  it('ESC-MOVE: no task, escalation or rating of Ladder’s names the customer, also when it was killed in between', async () => {
    const ids: Record<string, string> = {}
    for (const [side, name] of Object.entries(NAMES))
      ids[side] = await bank.crm.create('company', { name, ladderCustomerNo: side })
    await bank.quiet()
    for (const [step, yuan] of [12_000_000, 1_000_000].entries()) {
      const facts = Object.keys(NAMES).map((customer) => {
        const data = { amount: `${yuan}.00` }
        return { id: `${customer}-${step}`, type: 'balance.changed', customer, at: bank.now(), data }
      })
      await bank.facts(facts)
      await bank.advance(bank.now() + MINUTE)
    }
    await bank.advance(bank.now() + MINUTE)
    expect(told(NAMES.gone).length).toBeGreaterThan(0)
    const before = told(NAMES.stays).length
    const tasks = bank.crm.list('task').length
    const ref = `company:${ids.gone ?? ''}`
    const asked = await bank.admin.call('POST', `/accounts/${ACCOUNT}/erase`, { record: ref })
    expect(asked.ok ? '' : JSON.stringify(asked)).toBe('')
    await bank.restartLadder('SIGKILL')
    await bank.advance(bank.now() + 2 * MINUTE)
    expect(told(NAMES.gone)).toEqual([])
    expect(told(NAMES.stays)).toHaveLength(before)
    expect(bank.crm.list('task')).toHaveLength(tasks)
    expect(await bank.status()).toMatchObject({ outbox: 0, deadLetters: 0 })
    expect(await bank.explain(ref)).toBeNull()
  })
})
