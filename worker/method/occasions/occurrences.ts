import type { RecordSnapshot } from '../../../schemas/events/index.ts'
import { ladderKey, parseRef } from '../../../schemas/events/keys.ts'
import type { OccasionKind } from '../../../schemas/playbook/index.ts'
import { addDays, addMonths, isDate } from '../calendar/dates.ts'
import type { Context } from '../context.ts'
import type { SubjectState } from '../state.ts'
import { attributeOf } from '../tiers/attributes.ts'
import { isOfTiers } from '../tiers/standings.ts'
import { brokenText } from './promises.ts'

/** Something that calls for work on a customer: what it is, when it is, since when it is known. */
export interface Occurrence {
  /** Tells it from its like on the same customer. */
  id: string
  kind: OccasionKind
  /** ISO date. */
  on: string
  /** Epoch ms. */
  knownAt: number
  /** What people wrote or core banking told. */
  text: string
  open: boolean
  /** From this day on (ISO date) the next year's takes its place. */
  until?: string
  /** Id of the people's record that it comes from. */
  record?: string
}

/** So long after its day a yearly occasion still is this year's. */
const AFTER_DAYS = 60

/**
 * All that happens around a customer: occasion records of people, products that mature, what core banking noted (fees,
 * complaints, risks), sleeping and little used accounts, outer events that touch it, broken promises. A kind that the playbook
 * doesn't have asks for nothing.
 */
export const occurrencesOf = (state: SubjectState, ctx: Context): Occurrence[] => {
  const found: Occurrence[] = []
  const add = (code: unknown, occurrence: Omit<Occurrence, 'kind'>): void => {
    const kind = ctx.playbook.source.occasions.find((one) => one.code === code)
    if (kind) found.push({ ...occurrence, kind })
  }
  /** What nobody noted: where the playbook says so, with customers of some tiers only. */
  const find = (code: string, occurrence: Omit<Occurrence, 'kind'>): void => {
    const kind = ctx.playbook.source.occasions.find((one) => one.code === code)
    if (kind && isOfTiers(state, ctx, kind.tiers)) found.push({ ...occurrence, kind })
  }
  const { calendar } = ctx.playbook
  const birthday = birthdayOf(state, ctx)
  if (birthday) find('BIRTHDAY', birthday)
  const records = Object.values(state.records['occasion'] ?? {})
  for (const record of records) {
    // the record of what core banking noted only shows it; one that an action made of a person's word is the person's
    if (String(record.fields['ladderKey'] ?? '').split('/')[1] === 'occasion') continue
    add(record.fields['kind'], ofRecord(record, ctx))
  }
  for (const number in state.holdings) {
    const holding = state.holdings[number]
    if (!holding?.maturesOn) continue
    const { maturesOn: on, at, product, status } = holding
    find('PRODUCT_MATURES', {
      id: `holding-${number}`,
      on,
      knownAt: Date.parse(at),
      text: product,
      open: status !== 'CLOSED',
    })
  }
  for (const [id, { occasion, on, at, text, open }] of Object.entries(state.occurred ?? {})) {
    const key = ladderKey(state.ref, 'occasion', id)
    const record = records.find(({ fields }) => fields['ladderKey'] === key)
    add(occasion, { id, on, knownAt: Date.parse(at), text, open: open && (!record || isOpen(record)) })
  }
  const sleeps = state.profile.dormant === true ? (state.seenFacts['account.dormant'] ?? '').slice(0, 24) : ''
  const little = state.usage?.lowSince ?? ''
  for (const [code, since] of [
    ['SLEEPING', sleeps],
    ['LOW_USE', sleeps === '' ? little : ''],
  ] as const) {
    const at = Date.parse(since)
    if (Number.isFinite(at))
      find(code, { id: `${code}-${since}`, on: calendar.dateOf(at), knownAt: at, text: '', open: true })
  }
  for (const { id, kind, on, name, open, knownAt } of Object.values(state.called ?? {}))
    add(kind, { id, on, knownAt, text: name, open })
  for (const one of state.services ?? [])
    if (!one.kept) {
      const knownAt = Date.parse(one.at)
      add('PROMISE_BROKEN', {
        id: one.id,
        on: calendar.dateOf(knownAt),
        knownAt,
        text: brokenText(ctx, one),
        open: true,
      })
    }
  return found
}

/** An individual's birthday, the near one or the next (CAMP-HOL, ESC-CUST). */
const birthdayOf = (state: SubjectState, { playbook: { calendar }, now }: Context): Omit<Occurrence, 'kind'> | null => {
  const { object, id } = parseRef(state.ref)
  const record = state.records[object]?.[id]
  const born = attributeOf(state, 'birthOn')
  if (object !== 'person' || !record || !isDate(born)) return null
  const today = calendar.dateOf(now)
  const near = inYear(born, today)
  // one that had passed before it was known is let go
  const isAsked = Object.keys(state.tasks).some((key) =>
    key.startsWith(ladderKey(state.ref, 'occasion', `birthday/${near}`)),
  )
  const on = isAsked ? near : inYear(born, today, 0)
  const until = addDays(on, AFTER_DAYS + 1)
  return { id: `birthday/${on}`, on, knownAt: Date.parse(record.createdAt), text: '', open: true, until }
}

const isOpen = ({ deleted, fields }: RecordSnapshot): boolean =>
  !deleted && fields['status'] !== 'DONE' && fields['status'] !== 'CANCELLED'

const ofRecord = (record: RecordSnapshot, ctx: Context): Omit<Occurrence, 'kind'> => {
  const { calendar, source } = ctx.playbook
  const { id, createdAt, fields } = record
  const knownAt = Date.parse(createdAt)
  const { on, note, name } = fields
  const day = isDate(on) ? on : calendar.dateOf(knownAt)
  const isYearly = fields['yearly'] === true || source.occasions.find(({ code }) => code === fields['kind'])?.yearly
  const date = isYearly ? inYear(day, calendar.dateOf(ctx.now)) : day
  const text = [note, name].find((one) => typeof one === 'string' && one !== '')
  return {
    id: isYearly ? `${id}/${date}` : id,
    on: date,
    knownAt,
    text: typeof text === 'string' ? text : '',
    open: isOpen(record),
    ...(isYearly ? { until: addDays(date, AFTER_DAYS + 1) } : {}),
    record: id,
  }
}

/** The day of a yearly occasion that is near or comes next; never before the first one. */
const inYear = (first: string, today: string, after = AFTER_DAYS): string => {
  const years = Number(today.slice(0, 4)) - Number(first.slice(0, 4))
  const inThis = addMonths(first, Math.max(0, years) * 12)
  return inThis >= addDays(today, -after) ? inThis : addMonths(first, (years + 1) * 12)
}
