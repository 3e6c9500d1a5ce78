import type { GuestTask, OpenedCampaign, RecordSnapshot, Ref } from '../../../schemas/events/index.ts'
import { ladderKey, parseRef } from '../../../schemas/events/keys.ts'
import { same, type Draft } from '../draft.ts'
import { hashOf } from '../playbook/hash.ts'
import { say } from '../tiers/text.ts'
import { keepList, refsOf } from './list.ts'
import { membersOf } from './members.ts'
import { news, newsUntil } from './news.ts'
import { phases } from './phases.ts'
import { figures } from './results.ts'
import { nextMeeting } from './series.ts'
import { newsOfGuests } from './tally.ts'
import { dueOf, keepWork, workOf } from './timeline.ts'

/**
 * A campaign with its work, its guest list and figures, and the word to its guests (CAMP-*). It keeps the template that it was
 * opened with. Cancelled or deleted, its work is closed; held on another day, its work moves.
 */
export const campaign = (draft: Draft): void => {
  const { id } = parseRef(draft.state.ref)
  const record = draft.record('campaign', id)
  if (!record) return
  const guests = newsOfGuests(draft, id)
  const opened = open(draft, record, guests)
  if (opened) {
    const wanted = opened.cancelled
      ? []
      : workNow(draft, opened, record).map((task) => ({
          key: ladderKey(draft.state.ref, 'task', task.key),
          task,
          title: `${opened.name}${say(draft.ctx, ': ', '：')}${task.title}`,
          due: dueOf(draft.ctx, opened, task),
        }))
    keepWork(draft, id, opened.templateCode, wanted, say(draft.ctx, 'No longer called for', '已不需要'))
    nextMeeting(draft, record, opened)
    phases(draft, record, opened)
  }
  if (!record.deleted) figures(draft, record, opened)
}

/** Work as it stands: of news that wasn't checked only the check, of news that is none any more what comes after. */
const workNow = ({ state }: Draft, { stale }: OpenedCampaign, { fields }: RecordSnapshot): GuestTask[] => {
  const all = state.timeline ?? []
  if (state.plan?.newsHours === undefined) return all
  if (fields['imageChecked'] !== true) return all.slice(0, 1)
  return stale ? all.filter(({ hours }) => hours === undefined) : all
}

/** Opens a campaign once its day and template are known, and tells its guests of it and of what changes. */
const open = (draft: Draft, record: RecordSnapshot, guests: RecordSnapshot[]): OpenedCampaign | undefined => {
  const { state, ctx } = draft
  const { id, fields } = record
  const known = state.campaigns[id]
  const at = Date.parse(String(fields['heldOn'] ?? ''))
  const code = typeof fields['templateCode'] === 'string' ? fields['templateCode'] : ''
  const waits = fields['status'] === 'PROPOSED' || fields['status'] === 'CANCELLED' || record.deleted
  if (!known && (waits || !ctx.playbook.campaigns.has(code) || !Number.isFinite(at))) return undefined
  const heldOn = Number.isFinite(at) ? new Date(at).toISOString() : (known?.heldOn ?? '')
  const name = typeof fields['name'] === 'string' && fields['name'] !== '' ? fields['name'] : (known?.name ?? code)
  const byHand = guests.filter(({ fields }) => !fields['ladderKey']).flatMap(({ fields }) => refsOf(fields))
  const fresh = known ?? begin(draft, code)
  if (!fresh) return undefined
  const stale = news(draft, record, fresh)
  const until = newsUntil(state, ctx, fresh)
  const opened: OpenedCampaign = {
    ...fresh,
    name,
    heldOn,
    cancelled: record.deleted || fields['status'] === 'CANCELLED',
    guests: joined(fresh.guests, byHand),
    ...(stale ? { stale } : {}),
    ...(until === null ? {} : { until: new Date(until).toISOString() }),
  }
  if (hasGuests(draft, record)) opened.list = joined(opened.list ?? [], keepList(draft, record, opened, guests))
  const onlyGuests = known && same(setApart(known), setApart(opened))
  if (onlyGuests && known.guests === opened.guests && known.list === opened.list) return known
  opened.at = record.at
  opened.turn = (fresh.turn ?? 0) + 1
  state.campaigns[id] = opened
  const told = onlyGuests ? newcomers(known, opened) : namedIn(opened)
  if (told.size > 0) tell(draft, opened, told)
  return opened
}

/** A list in order with more on it; the same one when all of them stand there. */
const joined = (list: Ref[], more: readonly Ref[]): Ref[] => {
  const members = membersOf(list)
  return more.every((ref) => members.has(ref)) ? list : [...new Set([...list, ...more])].sort()
}

/** News has none before it was checked for the bank's image (CAMP-EVT); posts and programmes have none at all. */
const hasGuests = ({ state: { plan } }: Draft, { fields }: RecordSnapshot): boolean =>
  plan?.posts === undefined &&
  plan?.phases === undefined &&
  (plan?.newsHours === undefined || fields['imageChecked'] === true)

const namedIn = ({ guests, list = [] }: OpenedCampaign): Set<Ref> => new Set([...guests, ...list])

/** What every guest has to hear of. */
const setApart = (opened: OpenedCampaign) => ({ ...opened, guests: [], list: [], at: '', turn: 0 })

/** Who has just been put on the list: the others have heard of it as it is, so that work grows with guests, not with their square. */
const newcomers = (known: OpenedCampaign, opened: OpenedCampaign): Set<Ref> => {
  const before = namedIn(known)
  return new Set([...namedIn(opened)].filter((ref) => !before.has(ref)))
}

/** More than these aren't told by one word: each word is kept in one row on its way. */
const MOST_TOLD = 2000

/** Each is told who of those told is named, and no more. */
const tell = (draft: Draft, opened: OpenedCampaign, told: Set<Ref>): void => {
  const word = `${draft.state.ref}/opened/${opened.at}/${hashOf(opened)}`
  const { guests, list } = opened
  const all = [...told]
  for (let from = 0; from < all.length; from += MOST_TOLD) {
    const some = new Set(all.slice(from, from + MOST_TOLD))
    const named = (refs: Ref[]): Ref[] => refs.filter((ref) => some.has(ref))
    const campaign = { ...opened, guests: named(guests), ...(list ? { list: named(list) } : {}) }
    const id = from === 0 ? word : `${word}/${from / MOST_TOLD}`
    const event = { type: 'campaign.opened' as const, id, campaign, told: [...some] }
    draft.decisions.push({ do: 'broadcast', event, why: draft.why(opened.templateCode, { text: opened.name }) })
  }
}

/** What a campaign takes from its template for good. */
const begin = ({ state, ctx }: Draft, code: string): OpenedCampaign | undefined => {
  const template = ctx.playbook.campaigns.get(code)
  if (!template) return undefined
  const { source, audience, calls } = template
  const work = workOf(ctx, source)
  state.timeline = work.campaign
  if (source.plan) state.plan = source.plan
  state.list = { chosen: [], reserve: [], size: source.size, askedOn: null, people: [] }
  return {
    id: parseRef(state.ref).id,
    at: '',
    templateCode: code,
    name: '',
    heldOn: '',
    begunAt: new Date(ctx.now).toISOString(),
    subject: source.subject,
    audience,
    ...(calls.length > 0 ? { calls } : {}),
    cancelled: false,
    tasks: work.guest,
    guests: [],
  }
}
