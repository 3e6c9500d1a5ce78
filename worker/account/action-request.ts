import { actionCallSchema } from '../../schemas/actions/call.ts'
import type { ActionName } from '../../schemas/actions/index.ts'
import { readJson } from '../ingress/json.ts'
import { verifyAction, verifyTwentyAction } from '../ingress/actions/verify.ts'
import { type ActionReply, refuseAction } from './action-reply.ts'
import { takeAction, type ActionDeps } from './actions.ts'
import { answerCard } from './card.ts'
import type { Parts } from './parts.ts'
import { statusOf } from './report.ts'
import { deliverAll } from './work.ts'

/** A call of an action as the route hands it over. */
export interface ActionRequest {
  /** `card`: what a card inside HubSpot asks. `status`: whether Ladder is connected and well, for the page inside Twenty. */
  name: ActionName | 'card' | 'status'
  body: Uint8Array<ArrayBuffer>
  /** Whether the caller has shown the admin token; else its signature is checked. */
  isAdmin: boolean
  headers: Record<string, string>
  /** The public address that was called, as HubSpot signs it; undefined when none is configured. */
  url: string | undefined
}

/** Checks who calls, reads the body, and has the action done. Below 500 whatever comes in. */
export const answerAction = async (
  deps: ActionDeps,
  request: ActionRequest,
  secrets: string[],
  isShared = false,
): Promise<ActionReply> => {
  const { parts, settings } = deps
  const { name } = request
  if (!request.isAdmin) {
    const verify = settings.kind === 'twenty' ? verifyTwentyAction : verifyAction
    const refused = await verify(request, secrets, parts.clock.now())
    if (refused) {
      parts.meta.tally(`action.${refused.error}`)
      return refuseAction(401, refused.error, refused.message)
    }
  }
  if (name === 'status') return { status: 200, body: { ...(await statusOf(parts)) } }
  const json = readJson(request.body)
  if (!json.ok) return refuseAction(400, 'bad-body', json.reason)
  if (name === 'card') return answerCard(deps, json.value, { ...request, isShared })
  const call = actionCallSchema.safeParse(json.value)
  if (!call.success) {
    const { path, message } = call.error.issues[0] ?? { path: [], message: 'unreadable' }
    return refuseAction(400, 'bad-body', `${path.join('.') || 'body'}: ${message}`)
  }
  const portal = call.data.origin?.portalId
  const own = settings.layout?.portalId
  if (!request.isAdmin && own !== undefined && portal !== undefined && portal !== own) {
    parts.meta.tally('action.other-portal')
    return refuseAction(403, 'other-portal', 'this call comes from another HubSpot account')
  }
  const stored = parts.actions.get(call.data.callbackId)
  if (stored && stored.deed.name !== name)
    return refuseAction(409, 'callback-id', `this callbackId was used for the action ${stored.deed.name}`)
  return { status: 200, body: { outputFields: await takeAction(deps, name, call.data) } }
}

/** A call to the Account: refused like an unknown one when it isn't connected. */
export const answerRequest = async (
  parts: Parts,
  request: ActionRequest,
  arm: () => Promise<void>,
): Promise<ActionReply> => {
  const { settings, vault, env } = parts
  if (!settings) return refuseAction(404, 'unknown-account', 'no such account')
  const deps: ActionDeps = { parts, settings, deliver: (events) => deliverAll(parts, settings, events), arm }
  const own = await vault.get(settings.account, settings.kind)
  // an app that several accounts use signs for each of them with the same secret; the portal tells whose call it is
  const isShared = settings.account === `hs-${settings.layout?.portalId}`
  const shared = isShared ? (env.LADDER_HUBSPOT_CLIENT_SECRET ?? '').split(' ') : []
  return answerAction(deps, request, [...own, ...shared.filter((secret) => secret !== '')], isShared)
}
