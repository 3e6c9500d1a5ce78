import type { TakenConsent, ConsentRefusal } from '../../account/asked-consents.ts'
import type { GivenConsent } from '../../account/consent.ts'
import { exchangeCode, introspect, type Grant, type OauthFailure } from '../../crm/hubspot/oauth.ts'
import type { OauthSetup } from '../../shell/oauth-app.ts'
import { accountOfPortal } from '../hubspot-app.ts'
import type { Message } from './page.ts'

/** What the callback asks of the accounts. */
export interface CallbackDeps {
  app: OauthSetup
  /** What was asked for under a state, once; and where the clock is held. */
  take(state: string): Promise<{ taken: TakenConsent; held: number | null }>
  /** Gives the account its tokens, and lists it. */
  give(account: string, given: GivenConsent): Promise<{ ok: true; isReady: boolean } | { ok: false; error: string }>
}

/** The name of a counter, and what the person sees. */
export interface Outcome {
  counter: string
  message: Message
}

const outcome = (counter: string, status: number, zh: string, en: string): Outcome => ({
  counter,
  message: { status, zh, en },
})

const AGAIN_ZH = '没有保存任何内容。请让 Ladder 管理员重新生成链接。'
const AGAIN_EN = 'Nothing was stored. Ask an admin of Ladder for a new link.'

const REFUSALS: Record<ConsentRefusal, Outcome> = {
  unknown: outcome(
    'unknown-state',
    400,
    `此链接不是 Ladder 发出的。${AGAIN_ZH}`,
    `Ladder did not ask for this. ${AGAIN_EN}`,
  ),
  used: outcome('used-state', 409, `此链接已用过。${AGAIN_ZH}`, `This link was used before. ${AGAIN_EN}`),
  expired: outcome('expired-state', 410, `此链接已过期。${AGAIN_ZH}`, `This link has run out. ${AGAIN_EN}`),
}

/** A failure at HubSpot's side isn't the browser's fault: 502. A code that isn't good is. */
const refused = ({ why, message }: OauthFailure): Outcome =>
  why === 'taken-back'
    ? outcome('bad-code', 400, `HubSpot 不接受此授权码。${AGAIN_ZH}`, `HubSpot does not take this code. ${AGAIN_EN}`)
    : outcome(
        why === 'client' ? 'bad-client' : 'no-tokens',
        502,
        `HubSpot 没有给出令牌（${message}）。${AGAIN_ZH}`,
        `HubSpot gave no tokens (${message}). ${AGAIN_EN}`,
      )

/** Whose tokens they are, from the answer that brought them, or asked for where it doesn't say. */
const whose = async (app: OauthSetup, grant: Grant): Promise<{ portalId: number; scopes: string[] } | OauthFailure> => {
  const { portalId, scopes } = grant
  if (portalId !== null) return { portalId, scopes: scopes ?? [] }
  const asked = await introspect(app, grant.accessToken)
  if (!asked.ok) return asked
  if (asked.value.portalId === null)
    return { ok: false, why: 'refused', waitMs: null, message: 'it does not say whose they are' }
  return { portalId: asked.value.portalId, scopes: scopes ?? asked.value.scopes ?? [] }
}

/**
 * The answer of an admin of HubSpot: checks that Ladder asked, gets the tokens, and gives them to the account of the portal
 * that agreed. Anything but 200 stores nothing.
 */
export const answerConsent = async (query: URLSearchParams, deps: CallbackDeps): Promise<Outcome> => {
  const { app } = deps
  const { taken, held } = await deps.take(query.get('state') ?? '')
  if (!taken.ok) return REFUSALS[taken.why]
  const code = query.get('code') ?? ''
  if (query.has('error') || code === '')
    return outcome('denied', 403, `HubSpot 未同意授权。${AGAIN_ZH}`, `HubSpot did not agree. ${AGAIN_EN}`)
  const exchanged = await exchangeCode(app, { code, verifier: taken.verifier, redirectUri: app.redirectUri })
  if (!exchanged.ok) return refused(exchanged)
  const owner = await whose(app, exchanged.value)
  if ('why' in owner) return refused(owner)
  const { portalId } = owner
  if (taken.wish.portalId !== null && taken.wish.portalId !== portalId)
    return outcome(
      'other-portal',
      409,
      `同意的是 HubSpot 账户 ${portalId}，而链接只给账户 ${taken.wish.portalId}。${AGAIN_ZH}`,
      `HubSpot account ${portalId} agreed, but the link was for ${taken.wish.portalId}. ${AGAIN_EN}`,
    )
  const account = accountOfPortal(portalId)
  const given = await deps.give(account, { url: app.apiUrl, grant: { ...exchanged.value, ...owner }, held })
  if (!given.ok) return outcome('conflict', 409, `${given.error}。${AGAIN_ZH}`, `${given.error}. ${AGAIN_EN}`)
  return given.isReady
    ? outcome(
        'connected',
        200,
        `HubSpot 账户 ${portalId} 已连接，账户名 ${account}。可以关闭此页。`,
        `HubSpot account ${portalId} is connected as ${account}. You may close this page.`,
      )
    : outcome(
        'connected',
        200,
        `HubSpot 账户 ${portalId} 已同意，账户名 ${account}。下一步由 Ladder 管理员运行：ladder apply --crm hubspot --account ${account}`,
        `HubSpot account ${portalId} has agreed; it is ${account}. Next an admin of Ladder runs: ladder apply --crm hubspot --account ${account}`,
      )
}
