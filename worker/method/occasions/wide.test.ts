import { describe, expect, it } from 'vitest'
import type { CalledOccasion, Fields } from '../../../schemas/events/index.ts'
import { gatherFrom } from '../gather/index.ts'
import { Subject } from '../tiers/kit.ts'

const event = (fields: Fields = {}): Subject => {
  const subject = new Subject('occasion:o1')
  subject.save('occasion', 'o1', {
    name: '利率下调',
    kind: 'ECONOMY',
    on: '2026-03-03',
    rule: 'tier = "HIGH_END"',
    ...fields,
  })
  return subject
}
const calls = (subject: Subject): CalledOccasion[] =>
  subject.decisions.flatMap((one) =>
    one.do === 'broadcast' && one.event.type === 'occasion.called' ? [one.event.occasion] : [],
  )
const customer = (yuan: number, ref = 'company:c1'): Subject => {
  const subject = new Subject(ref).known()
  subject.balance(yuan)
  return subject
}
const tell = (subject: Subject, occasion: CalledOccasion) =>
  subject.feed({ type: 'occasion.called', id: occasion.at, occasion })
const record = (subject: Subject): Fields => subject.state.records['occasion']?.['o1']?.fields ?? {}

describe('outer events', () => {
  it('ESC-OUTER: all customers are told once of what its record says, and again only when that changes', () => {
    const subject = event()
    expect(calls(subject)).toMatchObject([
      { id: 'o1', kind: 'ECONOMY', name: '利率下调', rule: 'tier = "HIGH_END"', open: true },
    ])
    subject.at('2026-03-02 11:00').save('occasion', 'o1', { note: '央行公告' })
    expect(calls(subject)).toHaveLength(1)
    subject.at('2026-03-02 12:00').save('occasion', 'o1', { status: 'CANCELLED' })
    expect(calls(subject).map(({ open }) => open)).toEqual([true, false])
  })

  it('ESC-OUTER: a touched customer gets the task, once; others and cancelled events bring none', () => {
    const [first] = calls(event())
    if (!first) throw new Error('nobody was told')
    const touched = customer(12_000_000)
    for (let time = 0; time < 2; time++) tell(touched, first)
    touched.until('2026-03-03 09:30')
    expect(touched.openTasks()).toEqual(['company:c1/occasion/o1/1'])
    expect(touched.written('task', 'company:c1/occasion/o1/1')).toMatchObject({
      title: '经济：告知客户：华星',
      assigneeId: 'rm',
      body: '2026-03-03 利率下调',
    })
    tell(touched, { ...first, at: '2026-03-02T04:00:00.000Z', open: false })
    tell(touched, first)
    expect(touched.openTasks()).toEqual([])
    const other = customer(1_000_000)
    expect(tell(other, first)).toEqual([])
    expect(other.state.called).toBeUndefined()
  })

  it('ESC-OUTER: its record shows how many are touched, and who', () => {
    const subject = event()
    const [gather] = subject.decisions.flatMap((one) => (one.do === 'gather' ? [one.gather] : []))
    if (!gather) throw new Error('nothing was asked')
    const states = [customer(12_000_000), customer(1_000_000, 'company:c2')].map(({ state }) => state)
    const answer = gatherFrom(states, gather.query, gather.params, subject.ctx)
    subject.feed({ type: 'gathered', id: gather.id, query: gather.query, params: gather.params, ...answer })
    expect(record(subject)).toMatchObject({ touched: 1, list: '华星（高端客户）' })
  })

  it.each<[string, Fields, string]>([
    ['without a rule nobody is told', { rule: '' }, '请选择客户'],
    ['a rule that reads what is not there is refused', { rule: 'teir = "HIGH"' }, 'teir'],
    ['an unknown kind is refused', { kind: 'WEATHER' }, '请选择方法手册中的类型'],
  ])('ESC-OUTER: %s', (_, fields, notice) => {
    const subject = event(fields)
    expect(calls(subject)).toEqual([])
    expect(record(subject)['notice']).toContain(notice)
  })
})
