import { describe, expect, it } from 'vitest'
import type { Fields, Gather } from '../../../schemas/events/index.ts'
import { BANK } from '../../../schemas/events/keys.ts'
import { type Answer, gatherFrom, joinAnswers } from '../gather/index.ts'
import type { SubjectState } from '../state.ts'
import { Subject } from '../tiers/kit.ts'

const customer = (ref: string, rm: string, name: string): Subject => {
  const subject = new Subject(ref)
  subject.known({ name, accountOwnerId: rm }).balance(12_000_000)
  return subject
}

const bankAt = (local: string): Subject => {
  const bank = new Subject(BANK).at(local)
  bank.feed({ type: 'time.passed', id: 'playbook/1' })
  return bank
}

const asked = (bank: Subject): Gather[] =>
  bank.decisions.flatMap((one) => (one.do === 'gather' && one.gather.query === 'weekly' ? [one.gather] : []))

const answer = (bank: Subject, states: SubjectState[], gather: Gather) => {
  const found = gatherFrom(states, gather.query, gather.params, bank.ctx)
  return bank.feed({ type: 'gathered', id: gather.id, query: gather.query, params: gather.params, ...found })
}

describe('weekly lists', () => {
  it('ESC-WEEK: the lists of a week are asked for once, at the hour of the meeting; not for the week that is running', () => {
    const bank = bankAt('2026-03-04 10:00')
    expect(asked(bank)).toEqual([])
    expect(bank.until('2026-03-14 12:00')).toContain(bank.instant('2026-03-09 08:30'))
    expect(asked(bank)).toMatchObject([
      { ref: BANK, query: 'weekly', params: { branch: '', week: '2026-03-09', until: '2026-03-15' } },
    ])
    bank.feed({ type: 'time.passed', id: 'again' })
    expect(asked(bank)).toHaveLength(1)
  })

  it('ESC-WEEK: on a holiday the meeting is on the next workday of the week, and a week without one has none', () => {
    const bank = bankAt('2026-09-21 10:00')
    bank.until('2026-10-20 12:00')
    const fired = asked(bank).map(({ params }) => params['week'])
    // 1 to 7 October 2026 are free: that week's list comes on Thursday
    expect(fired).toEqual(['2026-09-28', '2026-10-05', '2026-10-12', '2026-10-19'])
  })

  it('ESC-WEEK: each RM gets what is overdue or due this week of their own customers, the president all that presses', () => {
    const late = customer('company:c1', 'rm1', '华星')
    const fresh = customer('company:c2', 'rm2', '明远')
    late.until('2026-06-16 10:00')
    fresh.at('2026-06-10 10:00').save('visit', 'v1', { company: 'c2', status: 'HELD', heldAt: '2026-06-10T02:00:00Z' })
    const bank = bankAt('2026-06-16 10:00')
    bank.until('2026-06-22 09:00')
    const [gather] = asked(bank)
    if (!gather) throw new Error('nothing was asked')
    answer(bank, [late.state, fresh.state], gather)
    const lists = bank.upserts('task')
    expect(lists.map(({ key }) => key)).toEqual([
      'bank:main/week/-/2026-06-22/rm1',
      // nothing is due here, but nobody was called either (DEV-ACT)
      'bank:main/week/-/2026-06-22/rm2',
      'bank:main/week/-/2026-06-22/president',
    ])
    expect(lists[1]?.fields['body']).toMatch(/^- 上周电话量低于标准：共 0 通[^\n]*$/)
    expect(lists[0]?.fields).toMatchObject({ ladderKind: 'WEEK', assigneeId: 'rm1', ladderRole: 'RM' })
    expect(lists[2]?.fields).toMatchObject({ assigneeId: 'sbp', ladderRole: 'SUB_BRANCH_PRESIDENT' })
    expect(lists[0]?.fields['body']).toContain('华星')
    expect(answer(bank, [late.state], gather)).toEqual([])
  })

  it('ESC-WEEK: with each list goes the weekly pack, with its figures, once', () => {
    const late = customer('company:c1', 'rm1', '华星')
    late.until('2026-06-16 10:00')
    const bank = bankAt('2026-06-16 10:00')
    bank.until('2026-06-22 09:00')
    const [gather] = asked(bank)
    if (!gather) throw new Error('nothing was asked')
    const found = gatherFrom([late.state], gather.query, gather.params, bank.ctx)
    const figure = {
      ref: BANK,
      kind: 'FIGURE',
      rm: 'rm1',
      id: 'MEAS-4x2',
      code: 'ACTIVATION',
      unit: 'percent',
      now: 60,
      before: 50,
    }
    const { id, query, params } = gather
    bank.feed({ type: 'gathered', id, query, params, ...found, rows: [...found.rows, figure] })
    const packs = bank
      .upserts('document')
      .map(({ fields }) => ({ task: fields['task'], request: JSON.stringify(fields['request']) }))
    expect(packs.map(({ task }) => task)).toEqual([
      { key: 'bank:main/week/-/2026-06-22/rm1' },
      { key: 'bank:main/week/-/2026-06-22/president' },
    ])
    expect(packs[0]?.request).toContain('"figure":"四个两：激活率","now":"60%","before":"50%","change":"+10%"')
    expect(packs[0]?.request).toContain('华星')
    expect(packs[1]?.request).not.toContain('激活率')
  })

  it('ESC-WEEK: each branch has its lists at its own hour, of its own customers, for its own president', () => {
    const branches = [
      { code: 'A', name: { en: 'A', zh: '甲' } },
      { code: 'B', name: { en: 'B', zh: '乙' }, weekly: { weekday: 2, at: '14:00' } },
    ]
    const roles = [
      { role: 'SUB_BRANCH_PRESIDENT' as const, branch: 'A', members: ['a@bank.example'] },
      { role: 'SUB_BRANCH_PRESIDENT' as const, branch: 'B', members: ['b@bank.example'] },
    ]
    const playbook = { branches, roles }
    const late = ['A', 'B'].map((branch) => {
      const one = new Subject(`company:${branch}`, playbook)
      one.known({ name: `客户${branch}`, ladderBranch: branch }).balance(12_000_000)
      one.until('2026-06-16 10:00')
      return one.state
    })
    const bank = new Subject(BANK, playbook).at('2026-06-16 10:00')
    bank.feed({ type: 'time.passed', id: 'playbook/1' })
    bank.until('2026-06-22 12:00')
    expect(asked(bank).map(({ params }) => params['branch'])).toEqual(['', 'A'])
    expect(bank.until('2026-06-23 18:00')).toContain(bank.instant('2026-06-23 14:00'))
    for (const gather of asked(bank)) answer(bank, late, gather)
    const lists = bank.upserts('task').filter(({ key }) => key.endsWith('/president'))
    expect(lists.map(({ key }) => key)).toEqual([
      'bank:main/week/A/2026-06-22/president',
      'bank:main/week/B/2026-06-22/president',
    ])
    expect(lists[0]?.fields['body']).toContain('客户A')
    expect(lists[0]?.fields['body']).not.toContain('客户B')
  })

  it('ESC-WEEK: an answer is the same in whatever slices and order customers are looked at, and is cut by RM', () => {
    const states = ['rm1', 'rm2', 'rm1', 'rm1'].map((rm, index) => {
      const one = customer(`company:c${index}`, rm, `客户${index}`)
      one.until('2026-06-16 10:00')
      return one.state
    })
    const { ctx } = new Subject(BANK).at('2026-06-22 08:30')
    const params = { branch: '', week: '2026-06-22', until: '2026-06-28', most: 2 }
    const whole = gatherFrom(states, 'weekly', params, ctx)
    const parts = states
      .toReversed()
      .reduce<Answer>((known, state) => gatherFrom([state], 'weekly', params, ctx, known), {
        rows: [],
        total: 0,
      })
    expect(parts).toEqual(whole)
    expect(joinAnswers('weekly', params, whole, { rows: [], total: 0 })).toEqual(whole)
    expect(whole.rows.filter(({ rm, kind }) => rm === 'rm1' && kind !== 'CALLS')).toHaveLength(2)
    expect(whole.total).toBeGreaterThan(whole.rows.length)
  })

  it('TIER-ORDER, TIER-CONTACT: of what presses alike the main customers come first, and a list that is cut loses the others', () => {
    const make = (id: string, yuan: number, fields: Fields = {}) => {
      const one = new Subject(`company:${id}`)
      one.known({ name: id, accountOwnerId: 'rm1', ...fields }).balance(yuan)
      one.until('2027-01-05 10:00')
      return one.state
    }
    // all overdue: general ones need two contacts a year, gold twelve
    const states = [
      make('general', 100_000),
      make('gold', 9_000_000, { ladderGold: true }),
      make('good', 200_000, { ladderPotential: 'GOOD' }),
      make('asks', 100_000, { ladderPotential: 'GOOD', ladderExplicitNeed: true }),
    ]
    const { ctx } = new Subject(BANK).at('2027-01-04 08:30')
    const params = { branch: '', week: '2027-01-04', until: '2027-01-10', most: 60 }
    const names = (most: number) =>
      gatherFrom(states, 'weekly', { ...params, most }, ctx)
        .rows.filter(({ kind }) => kind === 'OVERDUE')
        .map(({ name }) => name)
    expect(names(60)).toEqual(['gold', 'asks', 'good', 'general'])
  })

  it('ESC-WEEK: a stage stands by its name, one of a development that was deleted not at all', () => {
    const one = customer('company:c1', 'rm1', '华星')
    const begun = { createdAt: '2026-05-04T02:00:00.000Z' }
    for (const id of ['d1', 'd2']) one.save('development', id, { company: 'c1', pipeline: 'DEV_B' }, begun)
    one.now += 60_000
    one.save('development', 'd2', {}, { deleted: true })
    const { ctx } = new Subject(BANK).at('2026-06-22 08:30')
    const params = { branch: '', week: '2026-06-22', until: '2026-06-28', most: 60 }
    const stages = gatherFrom([one.state], 'weekly', params, ctx).rows.filter(({ kind }) => kind === 'STAGE')
    expect(stages.map(({ text }) => text)).toEqual(['“寻找目标客户”阶段限 2026-05-18'])
  })

  it('DEV-ACT: an RM whose calls of the week before stay below the norm finds that in the list; one who keeps it does not', () => {
    const busy = customer('company:c1', 'rm1', '华星')
    const calm = customer('company:c2', 'rm2', '明远')
    for (const one of [busy, calm]) one.until('2026-06-16 10:00')
    for (let n = 0; n < 150; n++)
      busy.save('task', `t${n}`, { ladderKind: 'CALL', status: 'DONE', assigneeId: 'rm1', ladderOutcome: 'SUCCESS' })
    calm.save('task', 't1', { ladderKind: 'CALL', status: 'DONE', assigneeId: 'rm2' })
    const bank = bankAt('2026-06-16 10:00')
    bank.until('2026-06-22 09:00')
    const [gather] = asked(bank)
    if (!gather) throw new Error('nothing was asked')
    // the week of the Dragon Boat Festival has four working days
    answer(bank, [busy.state, calm.state], gather)
    const bodyOf = (rm: string) => String(bank.written('task', `bank:main/week/-/2026-06-22/${rm}`)['body'] ?? '')
    expect(bodyOf('rm2')).toContain('共 1 通，日均 0 通（标准 30–50）')
    expect(bodyOf('rm1')).not.toContain('电话量')
    expect(bodyOf('president')).not.toContain('电话量')
  })
})
