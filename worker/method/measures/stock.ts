import { parseRef } from '../../../schemas/events/keys.ts'
import { CHANNELS } from '../../../schemas/playbook/measures.ts'
import { contactDue } from '../cadence/due.ts'
import type { Context } from '../context.ts'
import { isLiving } from '../escalations/raise.ts'
import type { SubjectState } from '../state.ts'
import { usesOf } from '../tiers/products.ts'
import { attributeOf } from '../tiers/attributes.ts'
import { readProfile } from '../tiers/readers.ts'
import { add, type FigureName, type Figures, keyText } from './keys.ts'
import type { Whose } from './whose.ts'

/** What one subject adds to the figures as it stands (MEAS-4x2, MEAS-PIPE, MEAS-TIER, MEAS-CONT, MEAS-ESC, MEAS-CAMP, TIER-ALLOC). */
export const stockOf = (state: SubjectState, ctx: Context, whose: Whose): Figures => {
  const figures: Figures = {}
  const put = (name: FigureName, code: string, by = 1): void => add(figures, keyText({ name, code, ...whose }), by)
  const { object } = parseRef(state.ref)
  if (object === 'campaign') campaign(state, put)
  if (!isLiving(state)) return figures
  if (object === 'company' || object === 'person') customer(state, ctx, object, put)
  for (const { pipeline, stage } of stagesOf(state)) put('stage', `${pipeline}/${stage}`)
  for (const { cause, level, status } of Object.values(state.escalations))
    if (status !== 'RESOLVED') put('escalation', `${cause}/${level}/${status}`)
  return figures
}

type Put = (name: FigureName, code: string, by?: number) => void

/** Pipeline code and stage of each development that the CRM still has. */
export const stagesOf = ({
  records,
  developments,
}: SubjectState): { id: string; pipeline: string; stage: string; since: string }[] =>
  Object.entries(developments).flatMap(([id, { stage, since }]) => {
    const record = records['development']?.[id]
    return record && !record.deleted ? [{ id, pipeline: String(record.fields['pipeline']), stage, since }] : []
  })

const customer = (state: SubjectState, ctx: Context, object: string, put: Put): void => {
  const { measures } = ctx.playbook.source
  const { rating, balances, profile, holdings } = state
  put('customers', object)
  put('tier', rating?.tier ?? 'UNRATED')
  const value = readProfile(state, ctx, 'valueTier')
  if (typeof value === 'string') put('value', value)
  const uses = usesOf(state, ctx)
  for (const kind of uses) put('uses', kind)
  put('channels', object, channelsOf(state, uses, measures.channels ?? CHANNELS))
  const balance = balances.at(-1)?.amount ?? 0
  put('balance', object, balance)
  put(
    'peak',
    object,
    balances.reduce((most, { amount }) => Math.max(most, amount), 0),
  )
  if (isFunded(state, measures.lostBelow)) {
    put('funded', object)
    if (profile.dormant !== true) put('active', object)
  }
  if (profile.dormant === true) put('sleeping', object)
  if (rating && measures.lowTiers.includes(rating.tier)) put('lowValue', object)
  const open = Object.values(holdings).filter(({ status }) => status === 'OPEN')
  put('products', object, new Set(open.map(({ product }) => product)).size)
  const due = contactDue(state, ctx)
  if (due !== null && due < ctx.playbook.calendar.dateOf(ctx.now)) put('overdue', rating?.tier ?? 'UNRATED')
}

/** Channels by which a customer deals with the bank: as core banking counts them, else those that its products show (MEAS-4x2). */
const channelsOf = (state: SubjectState, uses: readonly string[], channels: readonly string[]): number => {
  const told = attributeOf(state, 'channels')
  if (typeof told === 'number') return Math.max(0, Math.round(told))
  const used = channels.filter((kind) => uses.includes(kind))
  const bare = attributeOf(state, 'eBank') === true && channels.includes('EBANK') && !used.includes('EBANK')
  return used.length + (bare ? 1 : 0)
}

/** Whether a customer has money here: its last balance is above what counts as lost (fen). */
export const isFunded = ({ balances }: SubjectState, lostBelow: number): boolean =>
  (balances.at(-1)?.amount ?? 0) > lostBelow

const RESULTS = ['invited', 'confirmed', 'attended', 'leads', 'balanceWon', 'cost'] as const

const campaign = ({ ref, records, campaigns }: SubjectState, put: Put): void => {
  const { id } = parseRef(ref)
  const record = records['campaign']?.[id]
  if (!record || record.deleted) return
  const code = campaigns[id]?.templateCode ?? String(record.fields['templateCode'] ?? '')
  for (const name of RESULTS) put(name, code, numberOf(record.fields[name]))
  put('productsWon', code, numberOf(record.fields['products']))
}

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0)
