import type { Scripts } from '../../plugin/runtime/bundle.ts'
import type { RuntimeWish } from '../../plugin/runtime/index.ts'
import { carrierOf, type CrmName } from './crm-driver.ts'
import { hubspotWorld, projectWebhooks } from './hubspot-world.ts'
import type { World } from './ladder.ts'
import { twentyWorld } from './twenty-world.ts'

export { EVERYWHERE, type CrmName, type Shown } from './crm-driver.ts'
export { ACCOUNT, type FactWish, type World } from './ladder.ts'

export interface WorldWish {
  /** ISO instant. */
  start: string
  crm: CrmName
  shards: number
  /** The Worker, bundled already. */
  worker: Scripts
}

/** Builds a world on any CRM: Ladder installed, its webhooks on their way, a clock that the test holds. */
export const world = async ({ start, crm, shards, worker }: WorldWish): Promise<World> => {
  const runtime: Partial<RuntimeWish> = { worker }
  if (crm === 'twenty') return twentyWorld({ start, shards, runtime })
  const bank = await hubspotWorld({ start, shards, runtime, carrier: carrierOf(crm) })
  bank.hubspot.setWebhooks(projectWebhooks(bank))
  return bank
}
