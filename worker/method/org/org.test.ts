import { describe, expect, it } from 'vitest'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import {
  type Branch,
  fromKept,
  type KeptPlaybook,
  type Playbook,
  playbookSchema,
  type RoleHolder,
} from '../../../schemas/playbook/index.ts'
import { Draft } from '../draft.ts'
import { Subject } from '../tiers/kit.ts'
import { branchIn, holderOf } from './index.ts'

const branches: Branch[] = [
  { code: 'EAST', name: { en: 'East', zh: '城东' } },
  { code: 'EAST-1', name: { en: 'East gate', zh: '东门' }, parent: 'EAST' },
  {
    code: 'WEST',
    name: { en: 'West', zh: '城西' },
    calendar: { hours: [{ from: '10:00', to: '16:00' }], days: [{ on: '2026-03-03', work: false }] },
  },
]
const person = (name: string): string => `${name}@bank.example`
const entry = (role: RoleHolder['role'], name: string, more: Partial<RoleHolder> = {}): RoleHolder => ({
  role,
  members: [person(name)],
  ...more,
})

const subject = (roles: RoleHolder[], fields = {}, ref = 'company:c1', among = branches): Subject =>
  new Subject(ref, { branches: among, roles }).known(fields)
const whoIs = (one: Subject, role: RoleHolder['role']): string | null =>
  holderOf(new Draft(one.state, { type: 'time.passed', id: 't' }, one.ctx), role)

describe('branches', () => {
  it('ESC-LADDER: a customer is of the branch that its record names, else of its manager’s, else of the only one', () => {
    const roles = [entry('RM', 'rm', { branch: 'EAST' })]
    const branchOf = (one: Subject): string | null => branchIn(one.state, one.ctx)
    expect(branchOf(subject(roles, { ladderBranch: 'WEST' }))).toBe('WEST')
    expect(branchOf(subject(roles))).toBe('EAST')
    expect(branchOf(subject(roles, { ladderBranch: 'NOWHERE' }))).toBe('EAST')
    expect(branchOf(subject(roles, { accountOwnerId: 'somebody' }))).toBe(null)
    expect(branchOf(subject([], {}, 'company:c1', branches.slice(0, 1)))).toBe('EAST')
    expect(branchOf(subject([], {}, 'company:c1', []))).toBe(null)
  })

  it('ESC-LADDER: an allowance runs in the working time of the customer’s branch', () => {
    const climbsAt = (ladderBranch: string): string => {
      const one = subject([entry('VICE_PRESIDENT', 'vp')], { ladderBranch }).at('2026-03-02 11:30')
      one.balance(20_000_000, undefined, '2026-03-01T02:00:00.000Z')
      one.balance(1_000_000)
      const at = one.escalations()[0]?.climbsAt
      return new Date(Date.parse(String(at)) + 8 * 3_600_000).toISOString().slice(0, 16)
    }
    // two working hours: over lunch in the east, through lunch in the west
    expect(climbsAt('EAST')).toBe('2026-03-02T15:00')
    expect(climbsAt('WEST')).toBe('2026-03-02T13:30')
  })
})

describe('who holds a role', () => {
  it('ESC-LADDER: of the branch before the one above, before the whole bank', () => {
    const roles = [
      entry('VICE_PRESIDENT', 'bank'),
      entry('VICE_PRESIDENT', 'east', { branch: 'EAST' }),
      entry('SUB_BRANCH_PRESIDENT', 'gate', { branch: 'EAST-1' }),
    ]
    expect(whoIs(subject(roles, { ladderBranch: 'EAST-1' }), 'VICE_PRESIDENT')).toBe('east')
    expect(whoIs(subject(roles, { ladderBranch: 'WEST' }), 'VICE_PRESIDENT')).toBe('bank')
    expect(whoIs(subject(roles, { ladderBranch: 'EAST-1' }), 'SUB_BRANCH_PRESIDENT')).toBe('gate')
    expect(whoIs(subject(roles, { ladderBranch: 'EAST' }), 'SUB_BRANCH_PRESIDENT')).toBe(null)
  })

  it('ESC-LADDER: by segment, company or individual and tier, before who has no segment', () => {
    const roles = [
      entry('VICE_PRESIDENT', 'all'),
      entry('VICE_PRESIDENT', 'people', { segment: { customer: 'person' } }),
      entry('VICE_PRESIDENT', 'rich', { segment: { tiers: ['HIGH'] } }),
    ]
    const rich = subject(roles, {}, 'person:p1')
    expect(whoIs(subject(roles), 'VICE_PRESIDENT')).toBe('all')
    expect(whoIs(rich, 'VICE_PRESIDENT')).toBe('people')
    rich.balance(2_000_000)
    expect(whoIs(rich, 'VICE_PRESIDENT')).toBe('rich')
  })

  it('ESC-LADDER: between the dates of an entry, both included', () => {
    const roles = [entry('PRESIDENT', 'old', { to: '2026-03-31' }), entry('PRESIDENT', 'new', { from: '2026-04-01' })]
    const one = subject(roles)
    expect(whoIs(one.at('2026-03-31 23:00'), 'PRESIDENT')).toBe('old')
    expect(whoIs(one.at('2026-04-01 00:00'), 'PRESIDENT')).toBe('new')
  })

  it('ESC-LADDER: absent, a deputy; the deputy absent too, the next member; whom the CRM doesn’t know, nobody', () => {
    const absences = [{ member: person('vp'), from: '2026-03-02', to: '2026-03-04' }]
    const roles = [
      {
        ...entry('VICE_PRESIDENT', 'vp'),
        members: [person('VP'), person('other')],
        deputies: [person('dep')],
        absences,
      },
    ]
    const one = subject(roles)
    one.members = { [person('vp')]: 'vp', [person('dep')]: 'dep', [person('other')]: 'other' }
    expect(whoIs(one, 'VICE_PRESIDENT')).toBe('dep')
    absences.push({ member: person('dep'), from: '2026-03-02', to: '2026-03-02' })
    const both = subject(roles)
    both.members = { ...one.members }
    expect(whoIs(both, 'VICE_PRESIDENT')).toBe('other')
    both.members = {}
    expect(whoIs(both, 'VICE_PRESIDENT')).toBe(null)
    both.members = { ...one.members }
    expect(whoIs(both.at('2026-03-05 09:00'), 'VICE_PRESIDENT')).toBe('vp')
  })

  it('ESC-LADDER: the deputy of an absent manager acts for the customer’s owner', () => {
    const absences = [{ member: person('rm'), from: '2026-03-02', to: '2026-03-02' }]
    const one = subject([entry('RM', 'rm', { deputies: [person('dep')], absences })])
    expect(whoIs(one, 'RM')).toBe('dep')
    expect(whoIs(one.at('2026-03-03 09:00'), 'RM')).toBe('rm')
    expect(whoIs(subject([entry('RM', 'other', { deputies: [person('dep')] })]), 'RM')).toBe('rm')
  })
})

describe('people change', () => {
  it('ESC-LADDER: open tasks follow to the new person at the next decision; who was set by hand stays until then', () => {
    const one = subject([entry('VICE_PRESIDENT', 'vp')])
    one.balance(20_000_000, undefined, '2026-03-01T02:00:00.000Z')
    one.balance(1_000_000)
    const [task = ''] = one.openTasks()
    one.save('task', 't1', { ladderKey: task, status: 'TODO', assigneeId: 'hand' })
    expect(one.written('task', task)).toMatchObject({ assigneeId: 'rm' })
    one.at('2026-03-02 10:10').save('company', 'c1', { accountOwnerId: 'new' })
    expect(one.written('task', task)).toMatchObject({ assigneeId: 'new' })
    one.save('task', 't1', { status: 'DONE' })
    one.at('2026-03-02 10:20').save('company', 'c1', { accountOwnerId: 'third' })
    expect(one.written('task', task)).toMatchObject({ assigneeId: 'new' })
  })
})

it('a playbook kept before there were branches is read, and so is a role of members alone', () => {
  const kept: Partial<Playbook> = { ...defaultPlaybook }
  delete kept.branches
  const old: KeptPlaybook = { ...(kept as KeptPlaybook), roles: [{ role: 'VICE_PRESIDENT', members: [person('vp')] }] }
  expect(fromKept(old).branches).toEqual([])
  expect(playbookSchema.parse(old)).toEqual(fromKept(old))
})
