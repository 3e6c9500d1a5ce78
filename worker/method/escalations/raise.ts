import type { Fields } from '../../../schemas/events/index.ts'
import { ladderKey, parseRef } from '../../../schemas/events/keys.ts'
import type { Cause, Level } from '../../../schemas/playbook/index.ts'
import type { Draft } from '../draft.ts'
import type { EscalationState, SubjectState } from '../state.ts'
import { namedTiers } from '../tiers/standings.ts'
import { say } from '../tiers/text.ts'
import { addLine, levelText } from './history.ts'
import { startJoint } from './joint.ts'
import { FALLBACK, heldLevel, ladderText, levelFields, notify, startClock, titleOf, writeEscalation } from './notify.ts'
import { findSettled, findStanding, reinstate } from './settle.ts'

/** What to escalate. `about`: what tells this cause from its like on the same subject ('' or a development or control item). */
export interface Raising {
  cause: Cause
  about: string
  /** For people, in the playbook's language. It must not change unless the matter does: each change is written. */
  detail: string
  /** Method id for the why. */
  rule: string
  inputs?: Fields
  development?: string
  /** What tells this occurrence from others of the same cause, such as a due date; a running number if left out. */
  tail?: string
  /** A new occurrence, though the cause of the last one never went away (a second movement after the first was resolved). */
  anew?: boolean
  /** The tier whose ladder is used; the tier in force if left out. */
  tier?: string | null
}

/**
 * Raises an escalation with the ladder of its policy as it is now (ESC-LADDER). While the same cause is open only its detail
 * follows; after it was resolved it isn't raised again before `settle` was told that the cause had gone. Undefined when
 * nothing is open afterwards.
 */
export const raise = (draft: Draft, raising: Raising): EscalationState | undefined => {
  const { state, ctx } = draft
  const { cause, about, detail, rule } = raising
  if (!alive(draft)) return undefined
  const standing = findStanding(draft, cause, about)
  if (standing && standing.status !== 'RESOLVED') {
    if (standing.detail !== detail) {
      standing.detail = detail
      writeEscalation(draft, standing.key, { detail }, rule)
    }
    return standing
  }
  if (standing && !raising.anew) return undefined
  const settled = standing ? undefined : findSettled(draft, cause, about)
  if (settled) return reinstate(draft, settled, detail, rule)
  // Only a fact of core banking is told at once; what time alone brings about waits for the next opening.
  if (cause !== 'ESC_MOVE' && !ctx.playbook.calendar.isWorking(ctx.now)) return undefined
  if (standing) standing.standing = false

  const tier = raising.tier === undefined ? (state.rating?.tier ?? null) : raising.tier
  const { policy, levels } = policyFor(draft, cause, tier)
  const development = raising.development ?? null
  const key = freshKey(draft, raising)
  const escalation: EscalationState = {
    key,
    cause,
    about,
    status: 'OPEN',
    level: heldLevel(draft, levels, 1, development),
    repeats: 0,
    raisedAt: new Date(ctx.now).toISOString(),
    climbsAt: null,
    acknowledgedAt: null,
    resolvedAt: null,
    detail,
    policy,
    playbook: ctx.playbook.version,
    levels,
    development,
    standing: true,
  }
  const raised = levelText(draft, escalation, 1)
  addLine(draft, escalation, say(ctx, `Raised: ${raised}`, `发起：${raised}`))
  startClock(draft, escalation)
  state.escalations[key] = escalation
  draft.upsert('escalation', key, fieldsOf(draft, escalation), {
    ...draft.why(rule, { ...(policy ? { row: policy } : {}), text: detail }),
    inputs: { tier, tiers: namedTiers(draft.state, draft.ctx, tier), ...raising.inputs },
  })
  notify(draft, escalation)
  startJoint(draft, escalation, tier)
  return escalation
}

/** The first policy that matches, by id ('' for none), and a copy of its ladder. */
const policyFor = (draft: Draft, cause: Cause, tier: string | null): { policy: string; levels: Level[] } => {
  const named = namedTiers(draft.state, draft.ctx, tier)
  const policy = draft.ctx.playbook.policies.find((one) => one.matches(cause, tier, named))
  const levels = policy?.levels.length ? policy.levels : [FALLBACK]
  return { policy: policy?.id ?? '', levels: levels.map((level) => ({ ...level })) }
}

/** Gives an escalation that nobody was told of twice the ladder of another tier, from its first level (ESC-LADDER). */
export const followPolicy = (draft: Draft, escalation: EscalationState, tier: string | null): void => {
  const { policy, levels } = policyFor(draft, escalation.cause, tier)
  const first = heldLevel(draft, escalation.levels, 1, escalation.development)
  if (policy === escalation.policy || escalation.level !== first || escalation.repeats > 0) return
  const { ctx } = draft
  const { version } = ctx.playbook
  const level = heldLevel(draft, levels, 1, escalation.development)
  Object.assign(escalation, { policy, levels, level, playbook: version })
  startClock(draft, escalation)
  const fields = { ladder: ladderText(draft, levels), policyVersion: `v${version} ${policy}`.trim() }
  const text = say(ctx, 'Ladder of another tier: ', '改用另一等级的阶梯：') + levelText(draft, escalation, 1)
  writeEscalation(draft, escalation.key, { ...levelFields(draft, escalation), ...fields }, 'ESC-LADDER', text)
  notify(draft, escalation)
}

/** Whether the subject's own record is there; a subject without a record of its own (an opened campaign) is. */
export const alive = ({ state }: Draft): boolean => isLiving(state)

export const isLiving = ({ ref, records }: SubjectState): boolean => {
  const { object, id } = parseRef(ref)
  const record = records[object]?.[id]
  return record ? !record.deleted : object !== 'company' && object !== 'person'
}

/** A key that neither the state nor the CRM has yet: an old record of the same key is another matter. */
const freshKey = (draft: Draft, { cause, about, tail }: Raising): string => {
  const { state } = draft
  const records = Object.values(state.records['escalation'] ?? {})
  const taken = (key: string): boolean =>
    key in state.escalations || records.some(({ fields }) => fields['ladderKey'] === key)
  const stem = about === '' ? [cause] : [cause, about]
  for (let n = 1; ; n++) {
    const parts = tail === undefined ? [n] : n === 1 ? [tail] : [tail, n]
    const key = ladderKey(state.ref, 'escalation', ...stem, ...parts)
    if (!taken(key)) return key
  }
}

const fieldsOf = (draft: Draft, escalation: EscalationState): Fields => {
  const { object, id } = parseRef(draft.state.ref)
  return {
    name: titleOf(draft, escalation),
    status: escalation.status,
    cause: escalation.cause,
    company: object === 'company' ? id : null,
    person: object === 'person' ? id : null,
    development: escalation.development ?? (object === 'development' ? id : null),
    ...levelFields(draft, escalation),
    raisedAt: escalation.raisedAt,
    detail: escalation.detail,
    ladder: ladderText(draft, escalation.levels),
    history: escalation.history?.join('\n') ?? null,
    policyVersion: `v${escalation.playbook} ${escalation.policy}`.trim(),
  }
}
