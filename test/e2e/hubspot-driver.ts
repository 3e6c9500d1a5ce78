import type { HubspotSandbox } from '../../plugin/sandbox/hubspot/index.ts'
import { type HubspotLayout, isCarried, pathOf } from '../../worker/crm/hubspot/layout.ts'
import { propertyOf } from '../../worker/crm/hubspot/names.ts'
import { type HubspotRecord, snapshotOf, toHubspot } from '../../worker/crm/hubspot/records.ts'
import type { Fields } from '../../schemas/events/index.ts'
import { type CrmDriver, isLike, type Shown } from './crm-driver.ts'
import type { Clock } from './ladder.ts'

/** People's edits go past the API here: every write is Ladder's. */
const WRITE = /^(POST|PATCH|PUT|DELETE) \/crm\/(objects|associations)\/.*\/batch\/(upsert|update|create|archive)/

/** The stand-in of HubSpot as its people use it; `layout`: where the installer has put Ladder's model. */
export const hubspotDriver = (hubspot: HubspotSandbox, layout: HubspotLayout, clock: Clock): CrmDriver => {
  const { store } = hubspot
  const typeOf = (object: string): string => {
    const path = pathOf(layout, object)
    if (path === undefined) throw new Error(`${object} is not carried here`)
    return path
  }
  const shownOf = (object: string, raw: HubspotRecord): Shown | undefined => {
    const snapshot = snapshotOf(layout, object, raw)
    return snapshot && { ...snapshot.fields, id: snapshot.id }
  }
  /** What people fill in: copies of relations are Ladder's own, and HubSpot's form asks when a task or a meeting is. */
  const propertiesOf = (object: string, fields: Fields, isNew: boolean): Record<string, string> => {
    const { properties, links } = toHubspot(layout, object, fields)
    const copies = new Set(links.map(({ relation }) => propertyOf(layout.carrier, object, relation)))
    const now = new Date(clock.now).toISOString()
    const asked: Record<string, string> =
      isNew && (object === 'task' || object === 'visit') ? { hs_timestamp: now } : {}
    return { ...asked, ...Object.fromEntries(Object.entries(properties).filter(([name]) => !copies.has(name))) }
  }
  return {
    crm: layout.carrier === 'custom' ? 'hubspot' : 'hubspot-deal',
    carries: (object) => isCarried(layout, object),
    users: () => store.owners().map(({ id }) => id),
    emails: () => store.owners().map(({ email }) => email),
    create: (object, fields) => {
      const { id } = store.create(typeOf(object), propertiesOf(object, fields, true))
      for (const { to, id: other } of toHubspot(layout, object, fields).links)
        if (other !== null) store.link(typeOf(object), id, typeOf(to), other)
      return Promise.resolve(id)
    },
    update: (object, id, fields) => {
      store.update(typeOf(object), id, propertiesOf(object, fields, false))
      return Promise.resolve()
    },
    destroy: (object, ids) => {
      for (const id of ids) store.archive(typeOf(object), id)
      return Promise.resolve()
    },
    merge: (object, winner, loser) => Promise.resolve(store.merge(typeOf(object), winner, loser)),
    list: (object, where = {}) =>
      store
        .list(typeOf(object))
        .map((raw) => shownOf(object, raw))
        .filter((record) => record !== undefined)
        .filter((record) => isLike(record, where)),
    raw: (object, id) => {
      const record = store.get(typeOf(object), id)
      if (!record || record.archived) throw new Error(`no ${object} ${id} in HubSpot`)
      return record.properties
    },
    companiesOf: (task) => store.links('tasks', task, 'companies').map(({ id }) => id),
    weather: ({ lost = () => false, twice = () => false, mixed = false }) => {
      hubspot.dropWebhooks(lost)
      hubspot.duplicateWebhooks(twice)
      hubspot.reorderWebhooks(mixed ? (events) => events.toReversed() : null)
    },
    webhooks: () => ({
      all: hubspot.deliveries.length,
      lost: hubspot.deliveries.filter(({ outcome }) => outcome === 'dropped').length,
    }),
    toldOf: (object, field, value) => {
      const property = propertyOf(layout.carrier, object, field)
      const written = toHubspot(layout, object, { [field]: value }).properties[property]
      return hubspot.deliveries
        .filter(({ outcome }) => outcome === 'delivered')
        .flatMap(({ events }) => events)
        .filter(({ propertyName, propertyValue }) => propertyName === property && propertyValue === written)
        .map(({ objectId }) => String(objectId))
    },
    calls: () => {
      const all = hubspot.calls.list.map(({ method, route }) => `${method} ${route}`)
      return { all, writes: all.filter((line) => WRITE.test(line)) }
    },
    beforeWrite: (ask, object) => {
      const folder = object === undefined ? '/' : `/${typeOf(object)}/`
      hubspot.failNext({
        cut: true,
        match: ({ method, path }) => WRITE.test(`${method} ${path}`) && path.includes(folder) && ask(),
      })
    },
    refuse: (object, id, is) => {
      const about = `"id":"${id}"`
      const match: Parameters<HubspotSandbox['failNext']>[0]['match'] = ({ method, path, raw }) =>
        is() &&
        WRITE.test(`${method} ${path}`) &&
        path.includes(`/objects/`) &&
        path.includes(`/${typeOf(object)}/`) &&
        raw.toString('utf8').includes(about)
      const message = 'Value too large for field'
      // both answers that HubSpot may give: the fate of each, or a refusal of all that says of nobody why
      hubspot.failNext(
        layout.carrier === 'custom'
          ? { match, times: 1e6, partial207: (input) => input['id'] === id, category: 'VALIDATION_ERROR' }
          : { match, times: 1e6, status: 400, body: { status: 'error', category: 'VALIDATION_ERROR', message } },
      )
    },
    clearFaults: () => hubspot.clearFaults(),
  }
}
