import { expect, vi } from 'vitest'
import type { LadderEvent } from '../../schemas/events/index.ts'
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import type { Playbook } from '../../schemas/playbook/index.ts'
import { bookName, shardOf } from '../account/shards.ts'
import { BEARER, call, env, ORIGIN, signedIn } from './kit.ts'

export const ACCOUNT = `${ORIGIN}/api/v1/accounts/bank`
const LABEL = (name: string) => ({ en: name, zh: name })
export const PLAYBOOK: Playbook = {
  ...defaultPlaybook,
  branches: [
    { code: 'B1', name: LABEL('Branch B1') },
    { code: 'B3', name: LABEL('Branch B3'), parent: 'B2' },
    { code: 'B2', name: LABEL('Branch B2'), parent: 'TOP' },
    { code: 'TOP', name: LABEL('Branch TOP') },
  ],
}

export interface Customer {
  id: string
  name: string
  branch: string
  rm: string
}
/** Six customers: three branches, one of them below another, RMs, one of no branch. */
export const CUSTOMERS: [Customer, ...Customer[]] = [
  { id: '11', name: 'Anhui Tea', branch: 'B1', rm: 'rm-1' },
  { id: '12', name: 'Bohai Steel', branch: 'B1', rm: 'rm-2' },
  { id: '21', name: 'Chengdu Silk', branch: 'B2', rm: 'rm-3' },
  { id: '22', name: 'Dalian Ships', branch: 'B2', rm: 'rm-3' },
  { id: '23', name: 'Datong Coal', branch: 'B3', rm: 'rm-4' },
  { id: '31', name: 'Emei Mining', branch: '', rm: 'rm-9' },
]
/** The key of each customer's escalation. */
export const ESCALATIONS: Record<string, string> = {}
export const WHO: Record<string, { headers: Record<string, string>; sees: (one: Customer) => boolean }> = {}

/** Afternoon of a working day: outside working time nothing is escalated. */
export const NOW = Date.parse('2026-11-24T07:00:00Z')
const today = new Date(NOW).toISOString()
export const recordOf = ({ id, name, branch, rm }: Customer) => ({
  object: 'company',
  id,
  at: today,
  createdAt: today,
  deleted: false,
  fields: { name, ladderCustomerNo: `C-${id}`, accountOwnerId: rm, ladderBranch: branch, ladderGold: true },
})

/** What an address of the account answers. */
export const get = async (
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; body: unknown }> => {
  const response = await call('GET', ACCOUNT + path, headers)
  return { status: response.status, body: await response.json() }
}

/** Tells a customer's Book of an event, as the Account would. */
const tell = async (ref: string, event: LadderEvent): Promise<void> => {
  const book = env.BOOK.getByName(bookName('bank', shardOf(ref, 2)))
  for (let epoch = 1; epoch < 10; epoch++) if ((await book.apply([{ ref, event }], epoch)).ok) return
  throw new Error('the Book has no playbook')
}

/** Connects the bank, makes its customers with an escalation each, and signs one of each role in. */
export const setUpBank = async (): Promise<void> => {
  vi.stubGlobal('fetch', async () => new Response('{}', { status: 503 }))
  const crm = { kind: 'twenty', url: 'http://127.0.0.1:9', token: 't' }
  const made = await call('PUT', ACCOUNT, BEARER, { crm, playbook: PLAYBOOK, shards: 2 })
  expect([made.status, await made.text()]).toEqual([200, expect.any(String)])
  const account = env.ACCOUNT.getByName('bank')
  await account.setClock(NOW)
  await account.hearNews(CUSTOMERS.map((one) => ({ news: 'record' as const, record: recordOf(one) })))
  const before = new Date(NOW - 20 * 24 * 60 * 60_000).toISOString()
  for (const { id } of CUSTOMERS) {
    const data = {
      kind: 'complaint.received',
      occasion: 'COMPLAINT',
      ref: `K-${id}`,
      text: `Complaint of ${id}`,
    } as const
    await tell(`company:${id}`, { type: 'fact', id: `f-${id}`, customerNo: `C-${id}`, at: before, data })
    await tell(`company:${id}`, { type: 'time.passed', id: `t-${id}` })
  }
  const { body } = await get('/escalations', BEARER)
  const { escalations } = body as { escalations: { key: string; ref: string }[] }
  for (const { ref, key } of escalations) ESCALATIONS[ref] = key
  const seen = escalations.map(({ key }, at) => ({
    ...recordOf(CUSTOMERS[0]),
    object: 'escalation',
    id: `e${at}`,
    fields: { ladderKey: key },
  }))
  await account.hearNews(seen.map((record) => ({ news: 'record' as const, record })))
  const all = () => true
  WHO.ADMIN = { headers: await signedIn('ADMIN', { role: 'ADMIN' }), sees: all }
  WHO.AUDITOR = { headers: await signedIn('AUDITOR', { role: 'AUDITOR' }), sees: all }
  WHO.MANAGER = {
    headers: await signedIn('M', { role: 'MANAGER', branches: ['B1'] }),
    sees: ({ branch }) => branch === 'B1',
  }
  WHO.BOTH = {
    headers: await signedIn('MM', { role: 'MANAGER', branches: ['B1', 'B2'] }),
    sees: ({ branch }) => branch !== '',
  }
  WHO.NOBODY = { headers: await signedIn('N', { role: 'MANAGER', branches: ['B7'] }), sees: () => false }
  WHO.RM = { headers: await signedIn('R', { role: 'RM', rm: 'rm-1' }), sees: ({ rm }) => rm === 'rm-1' }
  WHO.TOP = {
    headers: await signedIn('T', { role: 'MANAGER', branches: ['TOP'] }),
    sees: ({ branch }) => branch === 'B2' || branch === 'B3',
  }
  WHO.TOKEN = { headers: BEARER, sees: all }
}

export const roles = ['ADMIN', 'AUDITOR', 'MANAGER', 'BOTH', 'NOBODY', 'RM', 'TOP', 'TOKEN']
export const own = (role: string): Customer[] => CUSTOMERS.filter((one) => WHO[role]?.sees(one))
export const others = (role: string): Customer[] => CUSTOMERS.filter((one) => !WHO[role]?.sees(one))
export const headersOf = (role: string): Record<string, string> => WHO[role]?.headers ?? {}
/** Everything by which a customer could be known. */
export const traces = ({ id, name }: Customer): string[] => [name, `C-${id}"`, `company:${id}`, `Complaint of ${id}`]
