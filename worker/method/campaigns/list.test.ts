import { describe, expect, it } from 'vitest'
import type { Fields } from '../../../schemas/events/index.ts'
import { Lab } from '../stages/kit.ts'
import { answer, asks, broadcasts, customer, openedOf, person, place, rowsOf, salon, seat, tell, work } from './kit.ts'

/** Who is on the list now: each of them was told of it. */
const listOf = (lab: Lab): string[] | undefined => {
  const list = lab.state.campaigns['k1']?.list
  expect(new Set(broadcasts(lab.decisions).flatMap(({ campaign }) => campaign.list ?? []))).toEqual(new Set(list))
  return list
}

const guest = (lab: Lab, name: string, fields: Fields): void => {
  lab.now += 60_000
  lab.save('participation', `s-${name}`, {
    ladderKey: `person:${name}/guest/k1`,
    campaign: 'k1',
    person: name,
    ...fields,
  })
}

describe('a guest list', () => {
  it('CAMP-MEET: has as many as there are seats, in working order; the others wait', () => {
    const lab = salon('CAMP-MEET', { size: 2 })
    answer(lab, 'p3', 'p1', 'p2', 'p4')
    expect(listOf(lab)).toEqual(['person:p1', 'person:p3'])
    expect(lab.state.records['campaign']?.['k1']?.fields['reserve']).toBe(2)
  })

  it('CAMP-MEET: when a guest declines, the next moves up, once', () => {
    const lab = salon('CAMP-MEET', { size: 2 })
    answer(lab, 'p1', 'p2', 'p3', 'p4')
    guest(lab, 'p1', { invite: 'DECLINED' })
    expect(listOf(lab)).toEqual(['person:p1', 'person:p2', 'person:p3'])
    guest(lab, 'p1', { invite: 'DECLINED', outcome: '出差' })
    guest(lab, 'p2', { invite: 'CONFIRMED' })
    expect(listOf(lab)).toHaveLength(3)
    guest(lab, 'p2', { invite: 'DECLINED' })
    expect(listOf(lab)).toHaveLength(4)
  })

  it.each([100, 200])('CAMP-MEET: of %i guests each is told once, however many decline and move up', (size) => {
    const lab = salon('CAMP-MEET', { size })
    const names = Array.from({ length: size * 2 }, (_, index) => `p${index}`)
    answer(lab, ...names)
    for (const name of names.slice(0, size / 2)) guest(lab, name, { invite: 'DECLINED' })
    const told = broadcasts(lab.decisions).flatMap((event) => event.told ?? [])
    expect(listOf(lab)).toHaveLength(size * 1.5)
    expect(told).toHaveLength(size * 1.5)
    // nor does anybody hear of the others
    expect(broadcasts(lab.decisions).flatMap(({ campaign }) => campaign.list ?? [])).toHaveLength(size * 1.5)
    // another day is told to all
    lab.now += 60_000
    lab.save('campaign', 'k1', { heldOn: '2026-04-17T06:00:00.000Z' })
    expect(broadcasts(lab.decisions).at(-1)?.told).toHaveLength(size * 1.5)
  })

  it('CAMP-MEET: whom a person took off the list is not replaced, a larger place is filled', () => {
    const lab = salon('CAMP-MEET', { size: 2 })
    answer(lab, 'p1', 'p2', 'p3')
    guest(lab, 'p1', {})
    lab.now += 60_000
    lab.save('participation', 's-p1', {}, { deleted: true })
    expect(listOf(lab)).toHaveLength(2)
    lab.now += 60_000
    lab.save('campaign', 'k1', { size: 3 })
    expect(listOf(lab)).toHaveLength(3)
  })

  it('CAMP-MEET: a person who is the contact of an invited company is not invited twice, either way round', () => {
    const firm = salon('CAMP-MEET', { size: 3 })
    answer(firm, 'company:c1', 'p1@c1', 'p2@c2', 'company:c2', 'p3@c2')
    expect(listOf(firm)).toEqual(['company:c1', 'person:p2', 'person:p3'])
  })

  it('CAMP-MEET: somebody put on the list by hand takes a seat', () => {
    const lab = salon('CAMP-MEET', { size: 2 })
    lab.save('participation', 's9', { campaign: 'k1', person: 'p9', invite: 'INVITED' })
    answer(lab, 'p9', 'p1', 'p2')
    expect(listOf(lab)).toEqual(['person:p1'])
  })

  it('CAMP-AUD: while seats are free, customers are asked again each working day until the day', () => {
    const lab = salon('CAMP-S1', { size: 2 })
    answer(lab, 'p1')
    lab.until('2026-03-05 18:00')
    expect(asks(lab).map(({ id }) => id.slice(-10))).toEqual(['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'])
    answer(lab, 'p2', 'p3')
    expect(listOf(lab)).toEqual(['person:p1', 'person:p2'])
    lab.until('2026-04-09 18:00')
    expect(asks(lab)).toHaveLength(4)
    guest(lab, 'p1', { invite: 'DECLINED' })
    expect(listOf(lab)).toEqual(['person:p1', 'person:p2', 'person:p3'])
    lab.until('2026-04-13 18:00')
    expect(asks(lab)).toHaveLength(4)
  })

  it('CAMP-MEET: named in working order, who has a place already is not named again', () => {
    const wish = asks(salon('CAMP-MEET', { size: 1 })).at(-1)
    const mid = person(80_000, {}, 'p1')
    const high = person(300_000, {}, 'p2')
    const needy = person(60_000, { ladderExplicitNeed: true }, 'p3')
    const done = person(90_000, {}, 'p4')
    done.save('participation', 's4', { campaign: 'k1', person: 'p4' })
    expect(rowsOf(wish, mid, high, needy, done).map(({ ref }) => ref)).toEqual(['person:p3', 'person:p2'])
  })
})

describe('consent', () => {
  const named = (fields: Fields, playbook = {}): boolean => {
    const lab = Lab.of('person:p1', playbook)
    lab.known(fields)
    lab.balance(80_000)
    return rowsOf(asks(salon('CAMP-S1')).at(-1), lab).length > 0
  }

  it('CAMP-S1: who said no or wants to be left alone is never named', () => {
    expect(named({})).toBe(true)
    expect(named({ ladderConsent: 'WITHDRAWN' })).toBe(false)
    expect(named({ ladderDoNotContact: true, ladderConsent: 'GIVEN' })).toBe(false)
  })

  it('CAMP-S1: a bank may ask for consent first', () => {
    const outreach = { consent: 'ONLY_IF_GIVEN' as const, winDays: 90, advertsPercent: 30 }
    expect(named({}, { outreach })).toBe(false)
    expect(named({ ladderConsent: 'GIVEN' }, { outreach })).toBe(true)
  })

  it('CAMP-S1: withdrawn, the guest declines, all tasks are closed, and the next moves up', () => {
    const lab = customer(80_000, openedOf('CAMP-S1'))
    seat(lab, { invite: 'INVITED' })
    expect(work(lab).length).toBeGreaterThan(0)
    lab.now += 60_000
    lab.save('person', 'p1', { ladderConsent: 'WITHDRAWN' })
    expect(work(lab)).toEqual([])
    expect(lab.state.records['participation']?.['s1']?.fields['invite']).toBe('DECLINED')
  })

  it('CAMP-S1: withdrawn between the list and the invitation, the place is a declined one without work', () => {
    const lab = person(80_000, { ladderDoNotContact: true })
    tell(lab, openedOf('CAMP-S1'))
    expect(place(lab)).toMatchObject({ invite: 'DECLINED' })
    expect(work(lab)).toEqual([])
  })
})
