import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CrmConnection } from '../../../worker/crm/port.ts'
import { API, type Carrier, isCarried, type HubspotLayout } from '../../../worker/crm/hubspot/layout.ts'
import { webhooksComponent } from '../../hubspot/webhooks.ts'
import { webhookUrl } from '../../hubspot/options.ts'
import { install } from '../../install/hubspot/apply.ts'
import { hubspotClient } from '../../install/hubspot/client.ts'
import { startHubspotSandbox } from '../../sandbox/hubspot/index.ts'
import { projectOf, workflows } from './hubspot-workflows.ts'
import { peopleOf } from './hubspot-people.ts'
import type { CrmWish, DemoCrm, LadderSite } from './port.ts'

const EDITION = { custom: 'enterprise', deal: 'professional' } as const
const NAMES = {
  custom: { en: 'HubSpot Enterprise (custom objects)', zh: 'HubSpot 企业版（自定义对象）' },
  deal: { en: 'HubSpot Professional (deals)', zh: 'HubSpot 专业版（交易）' },
} as const

/** Kept beside the data: HubSpot signs with it, and the sandbox makes up another one each time. */
const secretIn = (file: string): { clientSecret?: string } =>
  existsSync(file) ? { clientSecret: readFileSync(file, 'utf8').trim() } : {}

/** A sandbox of HubSpot with so much of an edition as the carrier needs. */
export const demoHubspot = async ({ folder, port, now, staff }: CrmWish, carrier: Carrier): Promise<DemoCrm> => {
  const secretFile = join(folder, 'hubspot-client-secret')
  const tokenFile = join(folder, 'hubspot-token')
  const hubspot = await startHubspotSandbox({
    port,
    now,
    rateLimit: null,
    edition: EDITION[carrier],
    owners: staff.map(({ email, firstName, lastName }) => ({ email, firstName, lastName })),
    persistTo: join(folder, 'hubspot.json'),
    ...secretIn(secretFile),
  })
  writeFileSync(secretFile, `${hubspot.clientSecret}\n`, { mode: 0o600 })
  writeFileSync(tokenFile, `${hubspot.token}\n`, { mode: 0o600 })
  const client = hubspotClient({ url: hubspot.url, token: hubspot.token })
  let layout: HubspotLayout | undefined
  const laidOut = (): HubspotLayout => {
    if (!layout) throw new Error('Ladder is not installed in the sandbox')
    return layout
  }
  const people = peopleOf(hubspot, laidOut, staff)
  const instead = workflows(hubspot, people)
  const listen = ({ url, account }: LadderSite): void => {
    const wish = projectOf(url, account, laidOut().carrier)
    const { crmObjects, hubEvents } = webhooksComponent(wish).config.subscriptions
    const subscriptions = [...crmObjects, ...hubEvents]
    const mode = 'hold' as const
    hubspot.setWebhooks({ targetUrl: webhookUrl(wish), subscriptions, customObjects: true, activities: true, mode })
  }
  const hasRecords = (object: string): boolean => isCarried(laidOut(), object)
  return {
    name: NAMES[carrier],
    url: hubspot.url,
    install: async ({ url: ladderUrl, account, worker, corebankSecret }) => {
      const { token, clientSecret } = hubspot
      const language = 'zh-CN' as const
      const shared = { account, ladderUrl, isLadderUrlGiven: true, shards: 1, corebankSecret }
      const options = { ...shared, carrier, language, clientSecret }
      return install({ client, worker, token, options, progress: () => undefined }, true)
    },
    begin: async (site) => {
      const state = await site.worker.state(site.account)
      if (state.kind !== 'connected') throw new Error(`Ladder does not know the account ${site.account}`)
      layout = state.layout as HubspotLayout
      listen(site)
      instead.begin(projectOf(site.url, site.account, layout.carrier))
    },
    connection: (): CrmConnection => ({ kind: 'hubspot', url: hubspot.url, token: hubspot.token, layout: laidOut() }),
    carries: hasRecords,
    edit: async (object, edits) => (hasRecords(object) ? people.edit(object, edits) : instead.edit(object, edits)),
    list: async (object, where = {}) => (hasRecords(object) ? people.list(object, where) : instead.list(object, where)),
    taskedCampaigns: () => Promise.resolve(hasRecords('campaign') ? [] : instead.campaigns()),
    flush: () => hubspot.flushWebhooks(),
    deliveries: () => hubspot.deliveries.length,
    release: () => hubspot.setWebhookMode('deliver'),
    hints: [
      `curl -H "Authorization: Bearer $(cat ${tokenFile})" \\`,
      `  "${hubspot.url}/crm/objects/${API}/tasks?limit=3&properties=hs_task_subject,ladder_kind,hs_timestamp"`,
    ],
    close: () => hubspot.close(),
  }
}
