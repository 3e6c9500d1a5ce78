import type { TakenConsent } from '../../account/asked-consents.ts'
import type { GivenConsent } from '../../account/consent.ts'
import type { Env } from '../../shell/env.ts'
import { CALLBACK, oauthSetup } from '../../shell/oauth-app.ts'
import { countRefused } from '../counters.ts'
import { pathOf } from '../path.ts'
import { answerConsent } from './callback.ts'
import { page } from './page.ts'

/** What is asked of the rest of the Worker. */
export interface OauthDeps<E> {
  take(state: string, env: E): Promise<{ taken: TakenConsent; held: number | null }>
  give(
    account: string,
    given: GivenConsent,
    env: E,
  ): Promise<{ ok: true; isReady: boolean } | { ok: false; error: string }>
}

/** A state is 43 characters; a code some dozens. Longer ones are nobody's. */
const MOST_QUERY = 4096

const answerTo = async <E extends Env>({ method, url }: Request, env: E, deps: OauthDeps<E>): Promise<Response> => {
  if (method !== 'GET') return page({ status: 405, zh: '请用浏览器打开。', en: 'Open this in a browser.' })
  const setup = oauthSetup(env)
  if (!setup.ok)
    return page({ status: 404, zh: '此 Ladder 未设置 HubSpot 授权。', en: 'This Ladder is not set up for OAuth.' })
  const { search, searchParams } = new URL(url)
  if (search.length > MOST_QUERY) return page({ status: 414, zh: '地址过长。', en: 'The address is too long.' })
  try {
    const { counter, message } = await answerConsent(searchParams, {
      app: setup.app,
      take: (state) => deps.take(state, env),
      give: (account, given) => deps.give(account, given, env),
    })
    if (message.status !== 200) countRefused(`oauth.${counter}`)
    return page(message)
  } catch (error) {
    console.error(`oauth callback: ${error instanceof Error ? error.message : 'failed'}`)
    countRefused('oauth.unavailable')
    return page({
      status: 503,
      zh: 'Ladder 暂时无法保存。请让 Ladder 管理员重新生成链接。',
      en: 'Ladder could not store this now. Ask an admin of Ladder for a new link.',
    })
  }
}

/**
 * `GET /oauth/hubspot/callback`: where HubSpot sends an admin back to; null for any other address. Only a GET uses up a link:
 * programs that look at links in mails ask with HEAD.
 */
export const oauthRoutes =
  <E extends Env>(deps: OauthDeps<E>) =>
  (request: Request, env: E): Promise<Response> | null =>
    pathOf(request) === CALLBACK ? answerTo(request, env, deps) : null
