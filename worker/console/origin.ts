import type { Env } from '../shell/env.ts'

/** The addresses under which this Ladder is opened: the one that was asked, and the public one in front of a proxy. */
const originsOf = (request: Request, env: Pick<Env, 'LADDER_PUBLIC_URL'>): string[] => {
  const { LADDER_PUBLIC_URL: told } = env
  return [new URL(request.url).origin, ...(told !== undefined && URL.canParse(told) ? [new URL(told).origin] : [])]
}

/**
 * The origin of a page of Ladder's own that makes this request; null for any other. Browsers tell it with every request that
 * changes something (`Origin`), and whether it is the same site (`Sec-Fetch-Site`).
 */
export const ownOrigin = (request: Request, env: Pick<Env, 'LADDER_PUBLIC_URL'>): string | null => {
  const site = request.headers.get('sec-fetch-site')
  const origin = request.headers.get('origin')
  if (site !== null && site !== 'same-origin') return null
  const own = originsOf(request, env)
  if (origin !== null) return own.includes(origin) ? origin : null
  return site === null ? null : (own[0] ?? null)
}

/** The header that a form or a link of another page can't send. */
const MARK = { name: 'x-ladder', value: 'console' }

/** Whether a request that changes something comes from Ladder's own page. */
export const isOwnPage = (request: Request, env: Pick<Env, 'LADDER_PUBLIC_URL'>): boolean =>
  request.headers.get(MARK.name) === MARK.value && ownOrigin(request, env) !== null

/** Whether the browser speaks https with Ladder, as far as one can tell: its page's origin, else the address that was asked. */
export const isSecure = (request: Request, env: Pick<Env, 'LADDER_PUBLIC_URL'>): boolean =>
  (ownOrigin(request, env) ?? originsOf(request, env).findLast(sameHost(request)) ?? request.url).startsWith('https:')

/** The address under which people reach Ladder: the public one where it is told. */
export const publicOrigin = (request: Request, env: Pick<Env, 'LADDER_PUBLIC_URL'>): string =>
  originsOf(request, env).at(-1) ?? ''

const sameHost =
  ({ url }: Request) =>
  (origin: string): boolean =>
    new URL(origin).host === new URL(url).host

/** From where a request comes, for counting tries. Anybody can make it up where no trusted server sets it. */
export const addressOf = (request: Request): string => (request.headers.get('cf-connecting-ip') ?? '').slice(0, 64)
