import { objectDef } from '../../schemas/model/index.ts'
import type { TwentySandbox } from '../../plugin/sandbox/twenty/index.ts'
import type { JsonObject } from '../../plugin/sandbox/twenty/types.ts'
import { snapshotOf, toTwenty } from '../../worker/crm/twenty/records.ts'
import { type CrmDriver, isLike, type Shown } from './crm-driver.ts'

const pluralOf = (object: string): string => objectDef(object)?.plural ?? `${object}s`

/** Calls Twenty's REST; an answer that is no success is a mistake of the test. */
export type Rest = <T = Record<string, unknown>>(method: string, path: string, body?: unknown) => Promise<T>

export const restOf =
  (twenty: TwentySandbox): Rest =>
  async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${twenty.url}/rest/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${twenty.apiKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer = (await response.json()) as T & { errors?: unknown }
    if (!response.ok || answer.errors)
      throw new Error(`${response.url} ${response.status} ${JSON.stringify(answer).slice(0, 600)}`)
    return answer
  }

/** Ladder writes in batches, or one record by its id; people's edits go past the API here. */
const WRITE = /^(POST \/rest\/batch|PATCH \/rest)\//

/** The stand-in of Twenty as its people use it. */
export const twentyDriver = (twenty: TwentySandbox): CrmDriver => {
  const shownOf = (object: string, raw: JsonObject): Shown => {
    const snapshot = snapshotOf(object, raw)
    if (!snapshot) throw new Error(`Twenty's ${object} can't be read`)
    return { ...snapshot.fields, id: snapshot.id }
  }
  return {
    crm: 'twenty',
    carries: (object) => twenty.store.objects().some(({ nameSingular }) => nameSingular === object),
    users: () => twenty.store.list('workspaceMember').map(({ id }) => String(id)),
    emails: () => twenty.store.list('workspaceMember').map(({ userEmail }) => String(userEmail)),
    create: async (object, fields) => {
      const [made] = await twenty.store.insert(object, [(await toTwenty(object, fields)) as JsonObject])
      return String(made?.['id'])
    },
    update: async (object, id, fields) => {
      twenty.store.edit(object, id, (await toTwenty(object, fields)) as JsonObject)
    },
    destroy: async (object, ids) => twenty.store.destroy(object, `id[in]:[${ids.map((id) => `"${id}"`).join(',')}]`),
    merge: async (object, winner, loser) => {
      const response = await fetch(`${twenty.url}/rest/${pluralOf(object)}/merge`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${twenty.apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ ids: [winner, loser], conflictPriorityIndex: 0 }),
      })
      if (!response.ok) throw new Error(`merge: ${response.status} ${await response.text()}`)
      return winner
    },
    list: (object, where = {}) =>
      twenty.store
        .list(object)
        .map((raw) => shownOf(object, raw))
        .filter((record) => isLike(record, where)),
    raw: (object, id) => {
      const [row] = twenty.store.list(object, `id[eq]:"${id}"`)
      if (!row) throw new Error(`no ${object} ${id} in Twenty`)
      return row
    },
    companiesOf: (task) =>
      twenty.store
        .list('taskTarget')
        .filter(({ taskId }) => taskId === task)
        .map(({ targetCompanyId }) => String(targetCompanyId)),
    weather: ({ lost = () => false, twice = () => false, mixed = false }) => {
      twenty.dropWebhooks(lost)
      twenty.duplicateWebhooks(twice)
      twenty.reorderWebhooks(mixed ? 7 : 1)
    },
    webhooks: () => ({
      all: twenty.deliveries.length,
      lost: twenty.deliveries.filter(({ outcome }) => outcome === 'dropped').length,
    }),
    toldOf: (object, field, value) =>
      twenty.deliveries.flatMap(({ eventName, outcome, body }) => {
        if (eventName !== `${object}.updated` || outcome !== 'delivered') return []
        const { record } = JSON.parse(body) as { record: Record<string, unknown> & { id: string } }
        return record[field] === value ? [record.id] : []
      }),
    calls: () => {
      const all = twenty.calls.list.map(({ method, route }) => `${method} ${route}`)
      return { all, writes: all.filter((line) => WRITE.test(line)) }
    },
    beforeWrite: (ask, object) => {
      const folder = object === undefined ? '' : pluralOf(object)
      twenty.failNext({
        cut: true,
        match: ({ method, path }) =>
          WRITE.test(`${method} ${path}`) && path.replace('/batch', '').startsWith(`/rest/${folder}`) && ask(),
      })
    },
    refuse: (object, id, is) => {
      const folder = pluralOf(object)
      twenty.failNext({
        match: ({ method, path, raw }) =>
          is() && method !== 'GET' && path.includes(`/${folder}`) && (path.includes(id) || raw.includes(id)),
        times: 1e6,
        status: 400,
        body: { statusCode: 400, error: 'BadRequestException', messages: ['Value too large for field'] },
      })
    },
    clearFaults: () => twenty.clearFaults(),
  }
}
