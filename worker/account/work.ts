import type { Broadcast } from '../../schemas/events/index.ts'
import { BANK } from '../../schemas/events/keys.ts'
import type { News } from '../courier/index.ts'
import { workActions } from './actions.ts'
import { applyInBooks, bringInForce } from './books.ts'
import { deliver, type Delivered, type DeliveryDeps } from './delivery.ts'
import { eraseAll, withoutErased } from './erasing.ts'
import { answerGathers } from './gathers.ts'
import { readBeforeRefusal } from './before-refusal.ts'
import { hydrate, type HydrateDeps, hydrateOne } from './hydrate.ts'
import { unpackInbox } from './inbox.ts'
import type { JournalDeps } from './journal.ts'
import { withoutMerged } from './late-merges.ts'
import { mergeAll, mergeWaits } from './merging.ts'
import { considerMethod, forceOf, methodWaits, refreshMembers } from './method.ts'
import type { Parts } from './parts.ts'
import { isCustomer } from './router.ts'
import type { Settings } from './settings.ts'
import type { SweepDeps } from './sweeps.ts'
import { changed, type Incoming, joinBursts } from './unpack.ts'

/** Does all that is due by `now` (epoch ms). Returns when there is more to do, or null. */
export const work = async (parts: Parts, now: number): Promise<number | null> => {
  const { settings } = parts
  if (!settings) return null
  parts.meta.saveTally()
  await refreshMembers(parts, settings, now)
  for (let page = 0; page < MOST_PAGES; page++)
    if (!(await parts.journal.step(journalDeps(parts, settings), now))) break
  await unpackInbox(parts, settings, (events) => deliverKnowing(parts, settings, events), now)
  await hydrate(hydrateDeps(parts, settings), now)
  await mergeAll(parts, settings)
  await eraseAll(parts, settings)
  for (let going = true; going;) going = await parts.sweeps.step(sweepDeps(parts, settings), now)
  considerMethod(parts, now)
  await tellPlaybook(parts, settings)
  await goRounds(parts, settings)
  await answerGathers(parts, settings)
  await workActions({ parts, settings, deliver: (events) => deliverAll(parts, settings, events) }, now)
  await parts.outbox.flush((parcel) => parts.courier(settings).enqueue('account', parcel))
  return nextDue(parts)
}

/** When (epoch ms) there is something to do; null for never. */
export const nextDue = (parts: Parts): number | null => {
  const { settings } = parts
  if (!settings) return null
  const oldest = parts.sql.one<{ at: number | null }>('SELECT min(at) AS at FROM inbox')?.at ?? null
  const retryAt = parts.meta.get<number>('retryAt') ?? 0
  const waits =
    parts.outbox.size() > 0 ||
    methodWaits(parts) ||
    isPlaybookNews(parts) ||
    openRounds(parts, settings).length > 0 ||
    parts.gathers.waits() ||
    mergeWaits(parts) ||
    parts.erased.asked().length > 0
  const dues = [
    oldest === null ? null : Math.max(oldest + settings.joinMs, retryAt),
    parts.sweeps.nextDue(),
    parts.journal.nextDue(parts.clock.now()),
    parts.actions.nextDue(),
    parts.touched.nextDue(parts.clock.now()),
    parts.meta.get<number>('membersAt') ?? null,
    waits ? parts.clock.now() : null,
  ]
  return dues.reduce<number | null>(
    (least, due) => (due !== null && (least === null || due < least) ? due : least),
    null,
  )
}

/** Whether the Books have yet to hear of a playbook or of those who hold its roles. */
const isPlaybookNews = ({ meta }: Parts): boolean => meta.get('toldEpoch') !== meta.get('epoch')

const tellPlaybook = async (parts: Parts, { account, shards }: Settings): Promise<void> => {
  if (!isPlaybookNews(parts)) return
  const force = forceOf(parts)
  await bringInForce(parts.env.BOOK, account, shards, force)
  await applyInBooks(parts.env.BOOK, account, shards, force, [
    { ref: BANK, event: { type: 'time.passed', id: `playbook/${force.epoch}` } },
  ])
  parts.meta.set('toldEpoch', force.epoch)
}

/** Brings events to those whom they are about, one parcel after another; idempotent. */
export const deliverAll = (parts: Parts, settings: Settings, events: Incoming[]): Promise<Delivered> =>
  parts.lane.run(() => deliver(deliveryDeps(parts, settings), events))

/** As `deliverAll`, for what was told or read: before a stage move is refused, what it may rest on is read. */
const deliverKnowing = async (parts: Parts, settings: Settings, events: Incoming[]): Promise<Delivered> => {
  const now = parts.clock.now()
  const deliver = (found: Incoming[]): Promise<Delivered> => deliverAll(parts, settings, joinBursts(found))
  await readBeforeRefusal(parts, settings, events, [
    () => hydrateOne({ ...hydrateDeps(parts, settings), deliver }, 'visit', now),
    () => parts.sweeps.catchUp('visit', { ...sweepDeps(parts, settings), deliver }, now),
  ])
  return deliverAll(parts, settings, events)
}

/** What the Courier learned from the CRM's answers: a customer's record comes before the facts that waited for it. */
export const hearNews = (parts: Parts, settings: Settings, news: News[]): Promise<Delivered> =>
  deliverAll(
    parts,
    settings,
    news.map((one) => {
      if (one.news === 'record') return changed(one.record, 'answer')
      const { object, recordId, at } = one
      return { type: 'record.gone', id: `${object}/${recordId}/gone`, via: 'answer', object, recordId, at }
    }),
  )

const deliveryDeps = (parts: Parts, settings: Settings): DeliveryDeps => ({
  sql: parts.sql,
  router: parts.router,
  methodRecords: parts.methodRecords,
  read: async (object, ids) => {
    const answer = await parts.courier(settings).readRecords(object, ids)
    return answer.ok ? answer.value : answer.failure.kind === 'refused' ? [] : null
  },
  withoutMerged: (events) => withoutMerged(parts, settings, events),
  withoutErased: (events) => withoutErased(parts, settings, events),
  applyInBooks: (events) => applyInBooks(parts.env.BOOK, settings.account, settings.shards, forceOf(parts), events),
  makeCustomer: (write, event) =>
    parts.outbox.add(write, { event, playbook: parts.playbooks.active()?.version ?? 0, rule: 'customer.profile' }),
  methodChanged: () => parts.meta.set('methodChanged', true),
  log: (via, type, object, recordId, ref, id, news) =>
    parts.log.add({ at: parts.clock.now(), via, type, object, recordId, ref, id, news }),
})

const hydrateDeps = (parts: Parts, settings: Settings): HydrateDeps => ({
  touched: parts.touched,
  read: (object, ids) => parts.courier(settings).readRecords(object, ids),
  deliver: (events) => deliverKnowing(parts, settings, joinBursts(events)),
  isMerged: (object, id) => isCustomer(object) && parts.merges.has(object, id),
  isOld: ({ object, createdAt }) => Date.parse(createdAt) < settings.connectedAt && !parts.sweeps.allRead([object]),
  count: (name, by) => parts.meta.count(name, by),
})

const sweepDeps = (parts: Parts, settings: Settings): SweepDeps => {
  const courier = parts.courier(settings)
  return {
    changedSince: (object, since, cursor) => courier.readChanged(object, since, cursor),
    ids: (object, cursor) => courier.readIds(object, cursor),
    read: (object, ids) => courier.readRecords(object, ids),
    deliver: (events) => deliverKnowing(parts, settings, joinBursts(events)),
    count: (name, by) => parts.meta.count(name, by),
    connectedAt: settings.connectedAt,
    everyMs: settings.sweepMinutes * 60_000,
  }
}

/** Pages of the journal in one run; what is left gets the next alarm at once. */
const MOST_PAGES = 20

const journalDeps = (parts: Parts, settings: Settings): JournalDeps => ({
  read: (from) => parts.courier(settings).readJournal(from),
  lost: () => {
    parts.sweeps.hurry(parts.clock.now(), true)
    parts.meta.count('journal_lost')
  },
})

interface Round {
  id: string
  event: string
  next_shard: number
}

const openRounds = (parts: Parts, settings: Settings): Round[] =>
  parts.sql.all<Round>('SELECT id, event, next_shard FROM broadcast WHERE next_shard < ?', settings.shards)

/** Campaigns are told to one Book after another; where it stands is kept. */
const goRounds = async (parts: Parts, settings: Settings): Promise<void> => {
  const books = parts.books(settings)
  for (const round of openRounds(parts, settings)) {
    const event = JSON.parse(round.event) as Broadcast
    // a guest who was merged is told by the name of the one who is there
    const whole =
      'told' in event && event.told ? { ...event, told: event.told.map((ref) => parts.merges.resolve(ref)) } : event
    for (const [shard, book] of books.entries()) {
      if (shard < round.next_shard) continue
      await book.tell(whole)
      parts.sql.run('UPDATE broadcast SET next_shard = ? WHERE id = ?', shard + 1, round.id)
    }
  }
}

/** Runs all parts of the account until nothing is due by `now`; returns when there is more. For a held clock. */
export const settle = async (parts: Parts, run: () => Promise<number | null>, now: number): Promise<number | null> => {
  const { settings } = parts
  if (!settings) return null
  const courier = parts.courier(settings)
  const books = parts.books(settings)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const dues = [
      await run(),
      ...(await Promise.all(books.map((book) => book.runDue(now)))),
      await courier.runDue(now),
      nextDue(parts),
    ]
    const next = dues.reduce<number | null>(
      (least, due) => (due !== null && (least === null || due < least) ? due : least),
      null,
    )
    if (next === null || next > now) return next
  }
  return now
}

/** More rounds than that at one instant mean that something goes in circles; the caller sees that it isn't settled. */
const MOST_ROUNDS = 50
