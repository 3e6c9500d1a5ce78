import { pathFrom } from './draft/path.ts'

/** Which page of the playbook shows a part. */
const PAGE_OF: Record<string, string> = {
  tables: 'tables',
  schemes: 'more/schemes',
  escalations: 'ladders',
  cadence: 'cadences',
  calls: 'cadences',
  leaderVisits: 'cadences',
  weekly: 'cadences',
  campaigns: 'campaigns',
  audiences: 'campaigns',
  outreach: 'campaigns',
  pipelines: 'pipelines',
  roles: 'people',
  branches: 'people',
  calendar: 'calendar',
}

/** Where in the console a part of the playbook is changed: `tables[2].table.rules[0]` → `/playbook/tables/2`. */
export const placeOf = (path: string): string => {
  const [part = '', index] = pathFrom(path)
  const page = PAGE_OF[String(part)] ?? `more/${String(part)}`
  const item = ['tables', 'campaigns', 'pipelines', 'escalations'].includes(String(part)) && typeof index === 'number'
  return `/playbook/${page}${item ? `/${index}` : ''}`
}
