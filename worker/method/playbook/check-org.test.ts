import { describe, expect, it } from 'vitest'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { type Playbook, type RoleHolder, ROLES } from '../../../schemas/playbook/index.ts'
import { compilePlaybook } from './compile.ts'

const TODAY = '2026-11-23'
const issuesOf = (more: Partial<Playbook>, today?: string) => {
  const result = compilePlaybook({ ...defaultPlaybook, ...more }, 1, today)
  return (result.ok ? result.warnings : result.issues).map(({ path, message }) => `${path}: ${message.en}`)
}
const branches = ['EAST', 'WEST'].map((code) => ({ code, name: { en: code, zh: code } }))
const everybody = (branch?: string): RoleHolder[] =>
  ROLES.map((role) => ({ role, members: [`${role.toLowerCase()}@bank.example`], ...(branch ? { branch } : {}) }))
const without = (role: string, roles: RoleHolder[]): RoleHolder[] => roles.filter((one) => one.role !== role)

describe('missing roles', () => {
  it('ESC-LADDER: none is missing where each is held for the whole bank, or in each branch', () => {
    expect(issuesOf({ branches, roles: everybody() }, TODAY)).toEqual([])
    expect(issuesOf({ branches, roles: [...everybody('EAST'), ...everybody('WEST')] }, TODAY)).toEqual([])
  })

  it('ESC-LADDER: a role that a ladder needs and one branch hasn’t is told with the branch', () => {
    const roles = [...everybody('EAST'), ...without('VICE_PRESIDENT', everybody('WEST'))]
    expect(issuesOf({ branches, roles }, TODAY)).toEqual([
      'roles: Nobody holds VICE_PRESIDENT in WEST: its tasks will have no assignee.',
    ])
  })

  it('ESC-LADDER: a gap between two dates is told with its first day', () => {
    const vp = { role: 'VICE_PRESIDENT', members: ['vp@bank.example'] } as const
    const roles: RoleHolder[] = [
      ...without('VICE_PRESIDENT', everybody()),
      { ...vp, members: [...vp.members], to: '2026-12-31' },
      { ...vp, members: [...vp.members], from: '2027-01-02' },
    ]
    expect(issuesOf({ roles }, TODAY)).toEqual([
      'roles: Nobody holds VICE_PRESIDENT from 2027-01-01 on: its tasks will have no assignee.',
    ])
    expect(issuesOf({ roles }, '2027-01-02')).not.toEqual(
      expect.arrayContaining([expect.stringContaining('VICE_PRESIDENT')]),
    )
  })

  it('ESC-LADDER: who has a segment only is missing for the tiers that need the role besides', () => {
    const roles: RoleHolder[] = [
      ...without('PRESIDENT', everybody()),
      { role: 'PRESIDENT', members: ['p@bank.example'], segment: { tiers: ['GOLD'] } },
    ]
    expect(issuesOf({ roles, campaigns: [] }, TODAY)).toEqual([
      'roles: Nobody holds PRESIDENT for the tiers HIGH, HIGH_END, MASS, MID: its tasks will have no assignee.',
    ])
  })
})

describe('branches and roles as written', () => {
  it('an unknown branch, parent or tier, a circle, and hours that end before they begin are refused', () => {
    const [east, west] = [
      { code: 'EAST', name: { en: 'E', zh: '东' }, parent: 'WEST' },
      {
        code: 'WEST',
        name: { en: 'W', zh: '西' },
        parent: 'EAST',
        calendar: { hours: [{ from: '10:00', to: '09:00' }] },
      },
    ]
    const lost = { code: 'LOST', name: { en: 'L', zh: '失' }, parent: 'NOWHERE' }
    const roles: RoleHolder[] = [{ role: 'PRESIDENT', members: [], branch: 'NORTH', segment: { tiers: ['GOLDEN'] } }]
    const paths = issuesOf({ branches: [east, west, lost] as Playbook['branches'], roles }).map(
      (one) => one.split(':')[0],
    )
    expect(paths).toEqual([
      'branches[0].parent',
      'branches[1].parent',
      'branches[1].calendar.hours[0]',
      'branches[2].parent',
      'roles[0].branch',
      'roles[0].segment.tiers[0]',
    ])
  })

  it('ESC-LADDER: an absence that nobody covers, or of somebody unknown, is told; one that is over isn’t', () => {
    const absences = [{ member: 'president@bank.example', from: '2026-12-01', to: '2026-12-10' }]
    const roles = (more: Partial<RoleHolder>): RoleHolder[] =>
      everybody().map((one) => (one.role === 'PRESIDENT' ? { ...one, ...more } : one))
    expect(issuesOf({ roles: roles({ absences }) }, TODAY)).toEqual([
      expect.stringContaining('Nobody stands in for president@bank.example from 2026-12-01 to 2026-12-10'),
    ])
    expect(issuesOf({ roles: roles({ absences, deputies: ['d@bank.example'] }) }, TODAY)).toEqual([])
    expect(issuesOf({ roles: roles({ absences }) }, '2026-12-11')).toEqual([])
    const unknown = [{ member: 'who@bank.example', from: '2026-12-01', to: '2026-12-10' }]
    expect(issuesOf({ roles: roles({ absences: unknown, deputies: ['d@bank.example'] }) })).toEqual([
      expect.stringContaining('who@bank.example is neither a member nor a deputy here'),
    ])
  })
})
