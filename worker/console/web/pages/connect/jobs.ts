import { type Answer, call } from '../../parts/api.ts'

export const ACTIONS = ['doctor', 'plan', 'apply', 'verify'] as const
export type Action = (typeof ACTIONS)[number]

export interface Check {
  name: string
  state: 'ok' | 'warn' | 'fail' | 'skip'
  message: string
  todo?: string
}
export interface Step {
  name: string
  state: 'unchanged' | 'done' | 'planned' | 'open' | 'failed'
  lines: string[]
  calls?: string[]
}
export interface Report {
  ok?: boolean
  account?: string
  checks?: Check[]
  steps?: Step[]
  problems?: { what: string; where: string; todo: string }[]
  notices?: string[]
  /** What stands in it, in Chinese, by what it says in English. */
  zh?: Record<string, string>
}

/** A run of the command, as far as it has come. */
export interface Job {
  id: string
  action: Action
  crm: string
  state: 'running' | 'done' | 'stopped'
  lines: string[]
  zh?: Record<string, string>
  report: Report | null
}

/** What the page asks for. `token` and `clientSecret` are secrets: in memory alone, gone when the page is. */
export interface Wish {
  crm: 'twenty' | 'hubspot'
  url: string
  token: string
  account: string
  clientSecret: string
  clientId: string
  carrier: 'auto' | 'custom' | 'deal'
}

const LOOK_AGAIN_MS = 600

/** Begins a run; fields that were left empty are left out. */
export const beginJob = (action: Action, wish: Wish): Promise<Answer<Job>> => {
  const { crm, url, token, account, clientSecret, clientId, carrier } = wish
  const filled = Object.entries({ url, account, ...(crm === 'hubspot' ? { clientSecret, clientId, carrier } : {}) })
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([, value]) => value !== '')
  return call<Job>('POST', '/install/jobs', { action, crm, token: token.trim(), ...Object.fromEntries(filled) })
}

/** Follows a run to its end, telling how far it is; ends quietly when it isn't wanted any more. */
export const followJob = async (job: Job, tell: (job: Job) => void, isWanted: () => boolean): Promise<Job> => {
  let [now, lines] = [job, job.lines]
  while (now.state === 'running' && isWanted()) {
    await new Promise((go) => setTimeout(go, LOOK_AGAIN_MS))
    const answer = await call<Job>('GET', `/install/jobs/${job.id}?from=${lines.length}`)
    if (!answer.ok) {
      // Ladder may be starting again; a run that is gone has ended
      if (answer.status === 404) return { ...now, state: 'stopped' }
      continue
    }
    lines = [...lines, ...answer.value.lines]
    now = { ...answer.value, lines }
    if (isWanted()) tell(now)
  }
  return now
}

/** The commands that do the same by hand. */
export const commandsFor = (wish: Wish, ladderUrl: string): string => {
  const env = wish.crm === 'twenty' ? 'TWENTY_KEY' : 'HUBSPOT_TOKEN'
  const isHubspot = wish.crm === 'hubspot'
  const options = [
    `--crm ${wish.crm}`,
    isHubspot && wish.url === '' ? '' : `--url ${wish.url || 'https://crm.example.com'}`,
    `--token-env ${env}`,
    isHubspot ? '--client-secret-env HUBSPOT_SECRET' : '',
    isHubspot && wish.carrier !== 'auto' ? `--carrier ${wish.carrier}` : '',
    wish.account ? `--account ${wish.account}` : '',
    `--ladder-url ${ladderUrl}`,
  ]
    .filter(Boolean)
    .join(' ')
  return [
    `export LADDER_ADMIN_TOKEN=… ${env}=…${isHubspot ? ' HUBSPOT_SECRET=…' : ''}`,
    `npx ladder plan ${options}`,
    `npx ladder apply ${options}`,
    `npx ladder verify ${options}`,
  ].join('\n')
}
