import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Fields } from '../../../schemas/events/index.ts'
import { objectDef } from '../../../schemas/model/index.ts'
import { snapshotOf, toTwenty } from '../../../worker/crm/twenty/records.ts'
import { twentyName } from '../../../worker/crm/twenty/reserved.ts'
import { install } from '../../install/twenty/apply.ts'
import type { BuiltApp } from '../../install/twenty/build.ts'
import { twentyClient } from '../../install/twenty/client.ts'
import { startTwentySandbox } from '../../sandbox/twenty/index.ts'
import { twentyApp } from '../../twenty/app.ts'
import { appSource } from '../../twenty/generate.ts'
import { partsOf } from '../names.ts'
import type { CrmWish, DemoCrm, Row, Where } from './port.ts'

const BATCH = 200
/** Twenty takes 100 calls a minute. */
const CALLS_PER_MINUTE = 90

type Raw = Record<string, unknown>

/**
 * Puts the app where the installer looks for its last build. The manifest comes straight from the model: it has all that
 * twenty-sdk's build would put there but the code of what runs in a browser, which a sandbox has none of. This saves the build's minute.
 */
const prepareApp = async (dir: string): Promise<void> => {
  const built: BuiltApp = { manifest: twentyApp(), content: appSource().content, code: {} }
  await mkdir(dir, { recursive: true })
  await writeFile(join(dir, '.built.json'), JSON.stringify(built))
}

const rawOf = async (object: string, { name, ...fields }: Fields): Promise<Raw> => ({
  ...(await toTwenty(object, name === undefined ? fields : { ...fields, name })),
  ...(object === 'person' && typeof name === 'string' ? { name: partsOf(name) } : {}),
})

const filterOf = (object: string, where: Where): string =>
  Object.entries(where)
    .map(([name, values]) => {
      const isRelation = objectDef(object)?.fields.some((one) => one.name === name && one.type === 'relation')
      return `${twentyName(name)}${isRelation ? 'Id' : ''}[in]:[${values.map((value) => JSON.stringify(value)).join(',')}]`
    })
    .join(',')

/** A sandbox of Twenty. */
export const demoTwenty = async ({ folder, port, now, staff }: CrmWish): Promise<DemoCrm> => {
  const persistTo = join(folder, 'twenty.json')
  const twenty = await startTwentySandbox({ port, now, rateLimit: null, seedMembers: [...staff], persistTo })
  const keyFile = join(folder, 'twenty-api-key')
  await writeFile(keyFile, `${twenty.apiKey}\n`, { mode: 0o600 })
  const client = twentyClient({ url: twenty.url, token: twenty.apiKey })
  const rest = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await client.rest<T>(method, `/rest/${path}`, body)
    if (!answer.ok) throw new Error(`${answer.problem.where}: ${answer.problem.what}`)
    return answer.value
  }
  return {
    name: { en: 'Twenty', zh: 'Twenty' },
    url: twenty.url,
    callsPerMinute: CALLS_PER_MINUTE,
    install: async ({ url: ladderUrl, account, worker, corebankSecret }) => {
      const buildDir = join(folder, 'twenty-app')
      await prepareApp(buildDir)
      const options = { account, ladderUrl, isLadderUrlGiven: true, shards: 1, corebankSecret, buildDir }
      return install({ client, worker, token: twenty.apiKey, options, progress: () => undefined }, true)
    },
    // the webhook is one of the installer's steps
    begin: () => Promise.resolve(),
    connection: () => ({ kind: 'twenty', url: twenty.url, token: twenty.apiKey }),
    carries: () => true,
    edit: async (object, edits) => {
      const plural = objectDef(object)?.plural ?? object
      for (let from = 0; from < edits.length; from += BATCH) {
        const part = edits.slice(from, from + BATCH)
        const rows = await Promise.all(part.map(async ({ id, fields }) => ({ ...(await rawOf(object, fields)), id })))
        await rest('POST', `batch/${plural}?upsert=true`, rows)
      }
    },
    list: async (object, where = {}) => {
      const plural = objectDef(object)?.plural ?? object
      const filter = filterOf(object, where)
      const rows: Row[] = []
      for (let after = ''; ;) {
        const query = `limit=200${filter ? `&filter=${encodeURIComponent(filter)}` : ''}${after}`
        const page = await rest<{
          data: Record<string, Raw[]>
          pageInfo: { hasNextPage: boolean; endCursor: string | null }
        }>('GET', `${plural}?${query}`)
        rows.push(...(page.data[plural] ?? []).flatMap((raw) => snapshotOf(object, raw) ?? []))
        if (!page.pageInfo.hasNextPage) return rows
        after = `&starting_after=${encodeURIComponent(page.pageInfo.endCursor ?? '')}`
      }
    },
    taskedCampaigns: () => Promise.resolve([]),
    flush: () => twenty.flushWebhooks(),
    deliveries: () => twenty.deliveries.length,
    release: () => undefined,
    hints: [`curl -H "Authorization: Bearer $(cat ${keyFile})" "${twenty.url}/rest/escalations?limit=3"`],
    close: () => twenty.close(),
  }
}
