import { expect, it } from 'vitest'
import { byOrder, orderKey } from './order.ts'
import { Subject } from './kit.ts'

const person = (id: string, yuan: number | null, fields = {}) => {
  const subject = new Subject(`person:${id}`).known(fields)
  if (yuan !== null) subject.balance(yuan)
  return { orderKey: orderKey(subject.state, subject.ctx), amount: yuan, ref: subject.state.ref, subject }
}

it('TIER-ORDER: existing before new; mid and high before mass; good potential before ordinary; explicit need before hidden', () => {
  const explicit = { ladderExplicitNeed: true }
  const good = { ladderPotential: 'GOOD' }
  const list = [
    person('new', null),
    person('new-good-explicit', null, { ...good, ...explicit }),
    person('mass', 10),
    person('mass-richer', 20),
    person('mass-explicit', 10, explicit),
    person('mass-good', 10, good),
    person('mass-good-explicit', 10, { ...good, ...explicit }),
    person('mid', 60_000),
    person('high', 600_000),
    person('mid-good', 60_000, good),
  ]
  const wanted = [
    ...['mid-good', 'high', 'mid'],
    ...['mass-good-explicit', 'mass-good', 'mass-explicit', 'mass-richer', 'mass'],
    ...['new-good-explicit', 'new'],
  ]
  for (const order of [list, list.toReversed()])
    expect(order.toSorted(byOrder).map(({ ref }) => ref.slice(7))).toEqual(wanted)
})

it('TIER-ORDER: lists of the CRM sort by a field; who is nobody to us yet has none', () => {
  expect(person('a', 60_000, { ladderPotential: 'GOOD' }).subject.customer['ladderOrderKey']).toBe(1)
  expect(person('b', null).subject.customer['ladderOrderKey'] ?? null).toBeNull()
})
