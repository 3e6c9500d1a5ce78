import {
  type Playbook,
  usualAllowances,
  usualCallNorms,
  usualMeasures,
  usualOutreach,
  usualProducts,
  usualWeekly,
} from '../index.ts'
import { audiences } from './audiences.ts'
import { calendar } from './calendar.ts'
import { campaigns } from './campaigns.ts'
import { devA } from './dev-a-close.ts'
import { documents } from './documents.ts'
import { devB, devC, devD } from './dev-b-d.ts'
import { devE, devF } from './dev-e-f.ts'
import { devG, devH } from './dev-g-h.ts'
import { escalations } from './escalations.ts'
import { schemes } from './schemes.ts'
import { tables } from './tables.ts'
import { joint, leaderVisits, occasions, promises } from './occasions.ts'

/** The bank's method as it is installed: an admin changes it in the CRM's records, the console or a file. */
export const defaultPlaybook: Playbook = {
  format: 'ladder-playbook/1',
  name: 'Ladder',
  language: 'zh-CN',
  calendar,
  pipelines: [devA, devB, devC, devD, devE, devF, devG, devH],
  tables,
  schemes,
  cadence: { leadDays: 10, isDefault: true },
  allowances: usualAllowances,
  movement: { table: 'ESC_MOVE', windowDays: 30, percentFrom: 100_000_000, isDefault: true },
  weekly: usualWeekly,
  measures: usualMeasures,
  products: usualProducts,
  calls: usualCallNorms,
  rms: { table: 'TIER_RM', days: 5, isDefault: true },
  campaigns,
  audiences,
  outreach: usualOutreach,
  escalations,
  occasions,
  promises,
  leaderVisits,
  joint,
  branches: [],
  roles: [],
  documents,
}
