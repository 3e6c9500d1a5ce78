import type { Fact, RecordChanged, RecordSnapshot } from '../../schemas/events/index.ts'
import { refOf } from '../../schemas/events/keys.ts'
import type { Routed } from '../book/subjects.ts'
import type { Write } from '../crm/port.ts'
import type { Sql } from '../shell/sql.ts'
import { METHOD_OBJECTS, type MethodRecords } from './method-records.ts'
import type { Router } from './router.ts'
import { changed, type Incoming, isFact } from './unpack.ts'

/** What delivering needs of the Account. */
export interface DeliveryDeps {
  sql: Sql
  router: Router
  methodRecords: MethodRecords
  /** Reads records from the CRM; null when there is no room for a call now. */
  read(object: string, ids: string[]): Promise<RecordSnapshot[] | null>
  /** Takes note of merges that the events tell of; leaves out the ends of those who were merged. Null: it can't be read now. */
  withoutMerged(events: Incoming[]): Promise<Incoming[] | null>
  /** Leaves out what would bring back a customer that was erased. */
  withoutErased(events: Incoming[]): Promise<Incoming[]>
  /** Applies events in the Books; says which were news. */
  applyInBooks(events: Routed[]): Promise<boolean[]>
  /** A customer that core banking knows and the CRM doesn't shall be made. */
  makeCustomer(write: Write, event: string): void
  /** Method records changed: the playbook may have a new version. */
  methodChanged(): void
  log(via: string, type: string, object: string, recordId: string, ref: string, id: string, news: boolean): void
}

export type Delivered = { ok: true; news: number } | { ok: false }

/**
 * Brings events to those whom they are about. `ok: false`: something had to be read from the CRM and can't be now; nothing is
 * lost, the caller tries the same events again. Idempotent.
 */
export const deliver = async (deps: DeliveryDeps, events: Incoming[]): Promise<Delivered> => {
  const whole = await withWhatIsMissing(deps, events)
  if (!whole) return { ok: false }
  const living = await deps.withoutMerged(whole)
  if (!living) return { ok: false }
  const ready = await deps.withoutErased(living)
  const records: Routed[] = []
  const facts: Routed[] = []
  let methodNews = false
  for (const event of ready) {
    if (isFact(event)) facts.push(...routeFact(deps, event))
    else if (event.type === 'record.gone') {
      if (METHOD_OBJECTS.includes(event.object))
        methodNews = deps.methodRecords.forget(event.object, event.recordId) || methodNews
      records.push(...deps.router.routeGone(event.object, event.recordId).map((ref) => ({ ref, event })))
    } else {
      if (METHOD_OBJECTS.includes(event.record.object)) methodNews = deps.methodRecords.see(event.record) || methodNews
      records.push(...deps.router.route(withTemplate(deps, event)))
    }
  }
  const arrivals = deps.sql
    .all<{ customer_no: string }>('SELECT customer_no FROM arrival')
    .map((row) => row.customer_no)
  const released = releaseParked(deps, arrivals)
  // what waited was told before what came now
  const routed: Routed[] = [...records, ...released.map(({ ref, event }) => ({ ref, event })), ...facts]
  if (methodNews) deps.methodChanged()
  // a stage move is weighed once all else is known: it may rest on a visit that was told of together with it
  const isMove = ({ event }: Routed): boolean =>
    event.type === 'record.changed' && event.record.object === 'development'
  routed.sort((one, other) => Number(isMove(one)) - Number(isMove(other)))
  const news = await deps.applyInBooks(routed)
  for (const [index, { ref, event }] of routed.entries()) logOne(deps, ref, event, news[index] ?? false)
  deps.sql.together(() => {
    for (const { seq } of released) deps.sql.run('DELETE FROM parked WHERE seq = ?', seq)
    for (const customerNo of arrivals) deps.sql.run('DELETE FROM arrival WHERE customer_no = ?', customerNo)
  })
  return { ok: true, news: news.filter(Boolean).length + (methodNews ? 1 : 0) }
}

/** A campaign made by hand names its template by a record only: the method id is looked up there. */
const withTemplate = (deps: DeliveryDeps, event: RecordChanged): RecordChanged => {
  const { object, fields } = event.record
  const { template, templateCode } = fields
  if (object !== 'campaign' || templateCode || typeof template !== 'string') return event
  const code = deps.methodRecords.get('campaignTemplate', template)?.fields.code
  return typeof code === 'string'
    ? { ...event, record: { ...event.record, fields: { ...fields, templateCode: code } } }
    : event
}

const logOne = (deps: DeliveryDeps, ref: string, event: Routed['event'], news: boolean): void => {
  if (event.type === 'fact') deps.log('corebank', event.data.kind, 'fact', event.customerNo, ref, event.id, news)
  else if (event.type === 'record.changed')
    deps.log(event.hint ?? event.via, event.type, event.record.object, event.record.id, ref, event.id, news)
  else if (event.type === 'record.gone')
    deps.log(event.hint ?? event.via, event.type, event.object, event.recordId, ref, event.id, news)
}

/** Reads what an event hangs on and Ladder hasn't seen: a visit's development, the task behind a person's task link. */
const withWhatIsMissing = async (deps: DeliveryDeps, events: Incoming[]): Promise<Incoming[] | null> => {
  const here = new Set(
    events.flatMap((event) => (event.type === 'record.changed' ? [`${event.record.object} ${event.record.id}`] : [])),
  )
  const developments = new Set<string>()
  const tasks = new Set<string>()
  const ready: Incoming[] = []
  for (const event of sortForRouting(events)) {
    if (event.type === 'record.changed' && event.record.object === 'taskTarget') {
      const task = linkTask(deps, event.record)
      if (task && !here.has(`task ${task}`)) tasks.add(task)
      continue
    }
    if (event.type === 'record.changed') {
      const missing = deps.router.missingDevelopment(event.record)
      if (missing && !here.has(`development ${missing}`)) developments.add(missing)
    }
    ready.push(event)
  }
  const found: Incoming[] = []
  for (const [object, ids] of [
    ['development', developments],
    ['task', tasks],
  ] as const) {
    if (ids.size === 0) continue
    const records = await deps.read(object, [...ids])
    if (!records) return null
    found.push(...records.map((record) => changed(record, 'sweep')))
  }
  return found.length === 0 ? ready : sortForRouting([...found, ...ready])
}

/** A person's task that Ladder can't place yet, now that its link to a customer is known; null for all others. */
const linkTask = (deps: DeliveryDeps, link: RecordSnapshot): string | null => {
  const { task, company, person } = link.fields
  if (typeof task !== 'string' || link.deleted) return null
  const ref =
    typeof company === 'string'
      ? refOf('company', company)
      : typeof person === 'string'
        ? refOf('person', person)
        : null
  if (!ref || deps.router.linkOf('taskTarget', task) === ref) return null
  deps.router.link('taskTarget', task, ref)
  return deps.router.linkOf('task', task) ? null : task
}

const FIRST = ['company', 'person', 'campaignTemplate', 'campaign', 'development', 'taskTarget']

/** What others hang on comes first; within it, as it came. */
const sortForRouting = (events: Incoming[]): Incoming[] => {
  const rank = (event: Incoming): number => {
    const object = event.type === 'record.changed' ? event.record.object : ''
    const at = FIRST.indexOf(object)
    return at >= 0 ? at : FIRST.length
  }
  return events
    .map((event, index) => ({ event, index }))
    .sort((a, b) => rank(a.event) - rank(b.event) || a.index - b.index)
    .map(({ event }) => event)
}

/** A fact of a customer whom the CRM doesn't have yet waits; a profile among such facts has the customer made. */
const routeFact = (deps: DeliveryDeps, fact: Fact): Routed[] => {
  const ref = deps.router.customer(fact.customerNo)
  if (ref) return [{ ref, event: fact }]
  deps.sql.run(
    'INSERT INTO parked (customer_no, id, fact) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING',
    fact.customerNo,
    fact.id,
    JSON.stringify(fact),
  )
  deps.log('corebank', `${fact.data.kind} (waits for the customer)`, 'fact', fact.customerNo, '', fact.id, true)
  if (fact.data.kind === 'customer.profile') {
    const { customer, name, gold } = fact.data
    const fields = { name, ...(gold === undefined ? {} : { ladderGold: gold }) }
    deps.makeCustomer({ id: fact.id, object: customer, key: fact.customerNo, fields }, fact.id)
  }
  return []
}

/** Facts that waited for customers who have arrived, in the order in which they came. */
const releaseParked = (deps: DeliveryDeps, arrivals: string[]): (Routed & { seq: number })[] =>
  arrivals
    .flatMap((customerNo) => {
      const ref = deps.router.customer(customerNo)
      const rows = deps.sql.all<{ seq: number; fact: string }>(
        'SELECT seq, fact FROM parked WHERE customer_no = ?',
        customerNo,
      )
      return ref ? rows.map(({ seq, fact }) => ({ seq, ref, event: JSON.parse(fact) as Fact })) : []
    })
    .sort((a, b) => a.seq - b.seq)
