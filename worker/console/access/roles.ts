import * as z from '../../../schemas/z.ts'
import { EVERYTHING, type Seen } from '../../method/measures/report.ts'

/**
 * Who uses the console. An admin may do all; an auditor (审计) reads everything and writes nothing; a manager of branches
 * (网点管理人员) sees these branches' customers; an RM (客户经理) sees the own book.
 */
export const ROLES = ['ADMIN', 'MANAGER', 'AUDITOR', 'RM'] as const
export type Role = (typeof ROLES)[number]

/** Who asks, as the guard found out. */
export interface Who {
  /** By the admin token, a setup link, or a provider. */
  by: 'token' | 'setup' | 'oidc'
  name: string
  /** '' for those who have none. */
  email: string
  role: Role
  /** A manager's branches, by the playbook's codes; empty for other roles. */
  branches: string[]
  /** An RM's user id in the CRM; null for other roles. */
  rm: string | null
  /** Connected accounts that this person may see; null: all. */
  accounts: string[] | null
}

/** What somebody may see. A manager without branches, and an RM without a book, see nothing. */
export const scopeOf = ({ role, branches, rm }: Who): Seen => {
  if (role === 'MANAGER') return { branches, rm: null }
  if (role === 'RM') return { branches: null, rm: rm ?? '' }
  return EVERYTHING
}

const code = z.string().check(z.trim(), z.minLength(1), z.maxLength(100), z.regex(/^[^|]*$/, 'no |'))

/** What an admin grants a person. */
export const grantSchema = z
  .strictObject({
    role: z.enum(ROLES),
    name: z._default(z.string().check(z.trim(), z.maxLength(200)), ''),
    branches: z._default(z.array(code).check(z.maxLength(500)), []),
    rm: z._default(z.nullable(code), null),
    accounts: z._default(z.nullable(z.array(z.string()).check(z.minLength(1), z.maxLength(100))), null),
  })
  .check(
    z.refine(({ role, branches }) => (role === 'MANAGER') === branches.length > 0, {
      path: ['branches'],
      message: 'a MANAGER has the codes of one branch or more, nobody else has any',
    }),
    z.refine(({ role, rm }) => (role === 'RM') === (rm !== null), {
      path: ['rm'],
      message: "an RM has the id of the RM's user in the CRM, nobody else has one",
    }),
  )
export type Grant = z.infer<typeof grantSchema>
