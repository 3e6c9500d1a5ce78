import type { RoleHolder } from '../../schemas/playbook/index.ts'

const roles: RoleHolder[] = [
  { role: 'SUB_BRANCH_PRESIDENT', members: ['sbp@bank.example'] },
  { role: 'VICE_PRESIDENT', members: ['vp@bank.example'] },
  { role: 'PRESIDENT', members: ['p@bank.example'] },
]

/** Who is told when an escalation climbs. */
export const STAFF = {
  roles,
  members: { 'sbp@bank.example': 'sbp', 'vp@bank.example': 'vp', 'p@bank.example': 'p' },
}
