import type { Account } from '../account/index.ts'
import { isSeen, type Seen } from '../method/measures/report.ts'

/** Whether a record's customer is of the branches or the book that may be seen. Everything is, where there is no limit. */
export const isOwn = async (account: Pick<Account, 'whose'>, record: string, seen: Seen): Promise<boolean> => {
  if (seen.branches === null && seen.rm === null) return true
  const whose = await account.whose(record)
  return whose !== null && isSeen(whose, seen)
}
