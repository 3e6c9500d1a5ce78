import { fullName } from '../full-name.ts'
import type { CallResult, Member } from '../port.ts'
import { calls } from './calls.ts'
import { listIn, nextPage, noList, type Portal } from './client.ts'

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The account's owners with their e-mail: roles of the playbook name people by it. Queues are nobody. */
export const listMembers = async (portal: Portal): Promise<CallResult<Member[]>> => {
  const members: Member[] = []
  for (let after: string | null = ''; after !== null;) {
    const query: Record<string, string> = { limit: String(calls.owners.most), ...(after ? { after } : {}) }
    const result = await portal.call(calls.owners, { query })
    if (!result.ok) return result
    const list = listIn(result.value, 'results')
    if (!list) return noList('owners')
    for (const { id, email, firstName, lastName, type } of list) {
      if (type === 'QUEUE') continue
      members.push({ id: String(id), email: textOf(email).toLowerCase(), name: fullName(firstName, lastName) ?? '' })
    }
    after = nextPage(result.value)
  }
  return { ok: true, value: members }
}
