import type { MiddlewareHandler } from 'hono'
import type { Account } from '../account/index.ts'
import { isSeen, type Seen } from '../method/measures/report.ts'
import { scopeOf } from './access/roles.ts'
import { belowBranches } from './branches.ts'
import type { ConsoleEnv } from './guard.ts'

/** Whether a record's customer is of the branches or the book that may be seen. Everything is, where there is no limit. */
export const isOwn = async (account: Pick<Account, 'whose'>, record: string, seen: Seen): Promise<boolean> => {
  if (!isNarrow(seen)) return true
  const whose = await account.whose(record)
  return whose !== null && isSeen(whose, seen)
}

/** Whether somebody sees a part alone. */
export const isNarrow = ({ branches, rm }: Seen): boolean => branches !== null || rm !== null

/**
 * Finds out what of an account whoever asks may see, and what of it is asked for: a branch, granted or asked for (`?branch=`),
 * stands for itself and all below it in the playbook in force. Done for each request, so that a branch that goes to
 * another one takes its customers along at once.
 */
export const look: MiddlewareHandler<ConsoleEnv> = async (context, next) => {
  const seen = { ...scopeOf(context.get('who')) }
  const asked = context.req.query('branch') || undefined
  if (seen.branches !== null || asked !== undefined) {
    const account = context.env.ACCOUNT.getByName(context.req.param('account') ?? '')
    const all = (await account.basis())?.source.branches ?? []
    const own = seen.branches && belowBranches(seen.branches, all)
    const wanted = asked === undefined ? null : belowBranches([asked], all)
    seen.branches = own && wanted ? wanted.filter((code) => own.includes(code)) : (own ?? wanted)
  }
  context.set('seen', seen)
  return next()
}
