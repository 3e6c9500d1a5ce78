import { startHubspotSandbox } from '../../plugin/sandbox/hubspot/index.ts'
import { startTwentySandbox } from '../../plugin/sandbox/twenty/index.ts'
import type { JsonObject } from '../../plugin/sandbox/twenty/types.ts'
import type { Fields } from '../../schemas/events/index.ts'
import { connect } from '../../worker/crm/index.ts'
import type { Carrier } from '../../worker/crm/hubspot/layout.ts'
import { pathOf } from '../../worker/crm/hubspot/layout.ts'
import { toHubspot } from '../../worker/crm/hubspot/records.ts'
import type { Batch, Crm, CrmConnection, CrmDeps, Failure, Refused, Write, Written } from '../../worker/crm/port.ts'
import { toTwenty } from '../../worker/crm/twenty/records.ts'
import { installModel } from '../e2e/twenty-world.ts'
import { layOut } from './hubspot.setup.ts'

const START = Date.parse('2026-11-02T02:00:00Z')

/** How a call of the CRM shall fail. */
export interface Trouble {
  status?: number
  cut?: boolean
  when?: 'before' | 'after'
  times?: number
  headers?: Record<string, string>
}

/** A CRM's stand-in with Ladder's model, an adapter on it, and the hands of the people who work there. */
export interface PortBench {
  crm: Crm
  /** What the Courier knows of keys. */
  known: Map<string, string>
  /** Calls that were charged. */
  spent: string[]
  /** When set, the budget has no room until then. */
  noRoomUntil: number | null
  token: string
  /** The clock of the stand-in; it goes on by itself with each look. */
  now(): number
  byHand: {
    add(object: string, fields: Fields): Promise<string>
    edit(object: string, id: string, fields: Fields): Promise<void>
    /** Into the bin. */
    remove(object: string, id: string): Promise<void>
    /** Where no write reaches it any more: for HubSpot the bin is that already. */
    destroy(object: string, id: string): Promise<void>
  }
  /** Records that aren't in the bin. */
  count(object: string): number
  failNext(trouble: Trouble): void
  clearFaults(): void
  /** Calls that came in. */
  calls(): number
  /** Whether keys are looked up before records are made. */
  isLookedUp?: boolean
  /** An adapter for another run: it remembers nothing. */
  renew(): void
  close(): Promise<void>
}

export interface Outcome {
  written: Map<string, Written>
  refused: Refused[]
  failures: Failure[]
  notCarried: string[]
}

/** Sends writes as the Courier does: in the planned order, a refused batch by halves, keys remembered. */
export const sendAll = async (bench: PortBench, writes: Write[]): Promise<Outcome> => {
  const { batches, notCarried } = bench.crm.plan(writes)
  const outcome: Outcome = { written: new Map(), refused: [], failures: [], notCarried }
  const queue = [...batches]
  for (let batch = queue.shift(); batch; batch = queue.shift()) {
    const result = await bench.crm.send(batch)
    if (result.ok) keep(bench, outcome, batch, result.value.written, result.value.refused)
    else if (result.failure.kind === 'refused' && batch.writes.length > 1) queue.unshift(...halves(batch))
    else outcome.failures.push(result.failure)
  }
  return outcome
}

const keep = (bench: PortBench, outcome: Outcome, batch: Batch, written: Written[], refused: Refused[]): void => {
  outcome.refused.push(...refused)
  for (const one of written) {
    outcome.written.set(one.id, one)
    const key = batch.writes.find(({ id }) => id === one.id)?.key
    if (key !== undefined && !one.gone && !one.record) bench.known.set(key, one.recordId)
  }
}

const halves = (batch: Batch): Batch[] => {
  const middle = Math.ceil(batch.writes.length / 2)
  return [
    { ...batch, writes: batch.writes.slice(0, middle) },
    { ...batch, writes: batch.writes.slice(middle) },
  ]
}

const adapters = (connection: CrmConnection) => {
  const known = new Map<string, string>()
  const spent: string[] = []
  const state = { noRoomUntil: null as number | null }
  const deps: CrmDeps = {
    known: (key) => known.get(key),
    spend: (call) => {
      if (state.noRoomUntil !== null && call !== 'urgent') return { ok: false, until: state.noRoomUntil }
      spent.push(call)
      return { ok: true }
    },
  }
  let crm = connect(connection, deps)
  return {
    known,
    spent,
    get crm() {
      return crm
    },
    get noRoomUntil() {
      return state.noRoomUntil
    },
    set noRoomUntil(until: number | null) {
      state.noRoomUntil = until
    },
    renew: () => {
      crm = connect(connection, deps)
    },
  }
}

const withAll = <A extends object, B extends object>(a: A, b: B): A & B =>
  Object.defineProperties(b, Object.getOwnPropertyDescriptors(a)) as A & B

export const onTwenty = async (): Promise<PortBench> => {
  let time = START
  const twenty = await startTwentySandbox({ now: () => ++time, rateLimit: null })
  await installModel(twenty)
  const { url, apiKey: token, store } = twenty
  return withAll(adapters({ kind: 'twenty', url, token }), {
    token,
    now: () => time,
    byHand: {
      add: async (object: string, fields: Fields) => {
        const [row] = await store.insert(object, [(await toTwenty(object, fields)) as JsonObject])
        return String(row?.id)
      },
      edit: async (object: string, id: string, fields: Fields) => {
        store.edit(object, id, (await toTwenty(object, fields)) as JsonObject)
      },
      remove: async (object: string, id: string) => store.softDelete(object, `id[eq]:"${id}"`),
      destroy: async (object: string, id: string) => store.destroy(object, `id[eq]:"${id}"`),
    },
    count: (object: string) => store.list(object).length,
    failNext: (trouble: Trouble) => twenty.failNext({ match: /\/rest\//, ...trouble }),
    clearFaults: () => twenty.clearFaults(),
    calls: () => twenty.calls.list.length,
    close: () => twenty.close(),
  })
}

export const onHubspot =
  (carrier: Carrier, plainKeys: string[] = []) =>
  async (): Promise<PortBench> => {
    let time = START
    const hubspot = await startHubspotSandbox({
      customObjectLimit: 20,
      now: () => (time += 1000),
      rateLimit: null,
      edition: carrier === 'custom' ? 'enterprise' : 'professional',
      uniqueActivities: plainKeys.length === 0,
    })
    const layout = await layOut(hubspot, carrier, plainKeys)
    const { url, token, store } = hubspot
    const typeOf = (object: string): string => pathOf(layout, object) ?? object
    /** As people do it: relations are associations, without a label. */
    const put = (object: string, fields: Fields) => {
      const { properties, links } = toHubspot(layout, object, fields)
      const own = Object.entries(properties).filter(([name]) => !/^ladder_.*_id$/.test(name))
      const due: [string, string][] = ['task', 'visit'].includes(object) ? [['hs_timestamp', String(START)]] : []
      return { properties: Object.fromEntries([...due, ...own]), links }
    }
    return withAll(adapters({ kind: 'hubspot', url, token, layout }), {
      token,
      now: () => time,
      byHand: {
        add: async (object: string, fields: Fields) => {
          const { properties, links } = put(object, fields)
          const { id } = store.create(typeOf(object), properties)
          for (const link of links) if (link.id) store.link(typeOf(object), id, typeOf(link.to), link.id)
          return id
        },
        edit: async (object: string, id: string, fields: Fields) => {
          store.update(typeOf(object), id, put(object, fields).properties)
        },
        remove: async (object: string, id: string) => store.archive(typeOf(object), id),
        destroy: async (object: string, id: string) => store.archive(typeOf(object), id),
      },
      count: (object: string) => store.list(typeOf(object)).length,
      failNext: (trouble: Trouble) => hubspot.failNext(trouble),
      clearFaults: () => hubspot.clearFaults(),
      calls: () => hubspot.calls.list.length,
      isLookedUp: plainKeys.length > 0,
      close: () => hubspot.close(),
    })
  }
