import type { Carrier } from '../../../worker/crm/hubspot/layout.ts'
import { demoHubspot } from './hubspot.ts'
import type { CrmWish, DemoCrm } from './port.ts'
import { demoTwenty } from './twenty.ts'

export type { DemoCrm, Edit, Row, TaskedCampaign, Where } from './port.ts'

/** CRMs that a trial run can be had with. */
export const CRMS = ['twenty', 'hubspot'] as const
export type CrmName = (typeof CRMS)[number]

/** File of a folder that a CRM's stand-in keeps its records in. */
export const recordsFile = (crm: CrmName): string => `${crm}.json`

export const startCrm = (crm: CrmName, wish: CrmWish, carrier: Carrier): Promise<DemoCrm> =>
  crm === 'hubspot' ? demoHubspot(wish, carrier) : demoTwenty(wish)
