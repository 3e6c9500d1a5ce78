import type { HubspotSandbox } from '../../plugin/sandbox/hubspot/index.ts'
import { startHubspotSandbox } from '../../plugin/sandbox/hubspot/index.ts'
import type { Scripts } from '../../plugin/runtime/bundle.ts'
import { type Language, type Stage, startStage } from './stage.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
export const MINUTE = 60_000

const FIRMS = [
  ['C-1', '江南机械有限公司', 12_000_000],
  ['C-2', '海天食品有限公司', 6_000_000],
  ['C-3', '青山贸易有限公司', 1_000_000],
  ['C-4', '白沙纺织有限公司', 12_000_000],
  ['C-5', '临海船舶有限公司', 12_000_000],
  ['C-6', '平湖光电有限公司', 5_600_000],
] as const
/** Whose record the CRM refuses for a time: one for each language's path. */
export const REFUSED: Record<Language, 'C-4' | 'C-5'> = { zh: 'C-4', en: 'C-5' }
/** From what deposits on a company is high-end by the table that is published, and who moves by that. */
export const RAISED = {
  zh: { from: 6_000_000, who: 'C-2', name: '海天食品有限公司', deposits: 6_200_000 },
  en: { from: 5_500_000, who: 'C-6', name: '平湖光电有限公司', deposits: 5_700_000 },
} as const

/** A bank on Twenty that the console shows, and a HubSpot that it isn't connected to yet. */
export interface Bank {
  stage: Stage
  hubspot: HubspotSandbox
  /** Ids of the companies by customer number. */
  ids: Record<string, string>
  /** Core banking tells a customer's balance (yuan). */
  balance(customer: string, yuan: number): Promise<void>
  /** The CRM takes the record of this customer again. */
  repair(customer: string): void
  close(): Promise<void>
}

/** Customers with a development, large falls that were escalated, and records that the CRM refuses. */
export const startBank = async (chromium: string, worker: Scripts): Promise<Bank> => {
  const stage = await startStage(START, chromium, worker)
  const { bank } = stage
  const hubspot = await startHubspotSandbox({ rateLimit: null, now: () => bank.now() })
  const repaired = new Set<string>()
  const ids: Record<string, string> = {}
  const balance = async (customer: string, yuan: number): Promise<void> => {
    await bank.facts([
      {
        id: `${customer}-${bank.now()}`,
        type: 'balance.changed',
        customer,
        at: bank.now(),
        data: { amount: `${yuan}.00` },
      },
    ])
    await bank.quiet()
  }
  const [rm = ''] = bank.crm.users()
  for (const [no, name] of FIRMS)
    ids[no] = await bank.crm.create('company', { name, ladderCustomerNo: no, accountOwnerId: rm })
  await bank.crm.create('development', { name: '江南机械开发', company: ids['C-1'] ?? '', stage: 'DEV_A01', rm })
  await bank.quiet()
  for (const [no, , yuan] of FIRMS) await balance(no, yuan)
  await bank.advance(Date.parse('2026-09-08T02:00:00Z'))
  // large falls are escalated; a record that the CRM refuses is a dead letter
  await balance('C-1', 5_000_000)
  for (const no of Object.values(REFUSED)) {
    bank.crm.refuse('company', ids[no] ?? '', () => !repaired.has(no))
    await balance(no, 4_000_000)
  }
  await bank.advance(bank.now() + 10 * MINUTE)
  return {
    stage,
    hubspot,
    ids,
    balance,
    repair: (customer) => void repaired.add(customer),
    close: async () => {
      await hubspot.close()
      await stage.close()
    },
  }
}
