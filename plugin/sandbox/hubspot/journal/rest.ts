import { createHash } from 'node:crypto'
import * as bodies from '../bodies/journal.ts'
import type { Portal } from '../portal.ts'
import { invalid, notFound, Refusal } from '../refusal.ts'
import type { Incoming, Outgoing } from '../server/http.ts'
import type { Call, Route } from '../server/route.ts'
import { match, param, route } from '../server/route.ts'
import { allow } from '../server/auth.ts'
import { fixed } from '../server/scopes.ts'
import type { State } from '../state.ts'
import { instant } from '../time.ts'
import type { Token } from '../types.ts'
import type { Journal, JournalFile } from './journal.ts'

const LOCAL = '/webhooks-journal/journal-local/2026-03'
const SUBSCRIPTIONS = '/webhooks-journal/subscriptions/2026-03'
const FILES = '/journal-files/'

/** How long the address of a file is good. */
const URL_MS = 5 * 60_000
/** Calls in a second, of an app: of the journal, and of its subscriptions. */
const A_SECOND = { journal: 100, subscriptions: 50 }

const READ = fixed('developer.webhooks_journal.read')
const LIST = fixed('developer.webhooks_journal.subscriptions.read')
const WRITE = fixed('developer.webhooks_journal.subscriptions.write')

/** Whether the app has the journal, and what its calls get where it hasn't: 404, or 403. */
export type JournalPlan = 'there' | 'missing' | 'forbidden'

/**
 * The webhooks journal: with a token of the app, not of an account. It has limits of its own and counts for none of an
 * account's. The files lie elsewhere, under addresses that are good for a while and want no token.
 */
export class JournalApi {
  plan: JournalPlan = 'there'
  /** Takes the limits away, as those of an account can be. */
  limited = true
  readonly #state: State
  readonly #journal: Journal
  readonly #routes: Route[]
  readonly #calls: Record<keyof typeof A_SECOND, number[]> = { journal: [], subscriptions: [] }

  constructor(state: State, journal: Journal) {
    this.#state = state
    this.#journal = journal
    this.#routes = this.#allRoutes()
  }

  static owns(path: string): boolean {
    return path.startsWith('/webhooks-journal/') || path.startsWith(FILES)
  }

  answer(request: Incoming): Outgoing {
    if (request.path.startsWith(FILES)) return this.#file(request)
    const token = this.#authenticate(request.headers['authorization'])
    if (this.plan === 'missing') throw notFound(`No route ${request.method} ${request.path}`)
    const parts = request.path.split('/').slice(1)
    for (const one of this.#routes) {
      const params = match(one, request.method, parts)
      if (params === null) continue
      const [portal] = this.#state.portals.values()
      if (!portal) throw notFound()
      const call: Call = { state: this.#state, portal, token, params, query: request.query, request }
      this.#limit(parts[1] === 'subscriptions' ? 'subscriptions' : 'journal')
      allow(this.plan === 'forbidden' ? { ...token, scopes: [] } : token, one.scopes(call))
      return one.run(call)
    }
    throw notFound(`No route ${request.method} ${request.path}`)
  }

  #authenticate(authorization: string | undefined): Token {
    const given = /^Bearer\s+(.+)$/i.exec(authorization ?? '')?.[1]
    const token = given === undefined ? undefined : this.#state.tokens.get(given)
    if (token?.kind === 'app' && (token.expiresAt ?? Infinity) > this.#state.now()) return token
    throw new Refusal(401, 'INVALID_AUTHENTICATION', 'The journal takes a client credentials token of the app.')
  }

  #limit(kind: keyof typeof A_SECOND): void {
    if (!this.limited) return
    const now = this.#state.now()
    const lately = this.#calls[kind].filter((at) => at > now - 1_000)
    this.#calls[kind] = lately
    if (lately.length >= A_SECOND[kind])
      throw new Refusal(429, 'RATE_LIMITS', 'You have reached your secondly limit.', {
        errorType: 'RATE_LIMIT',
        policyName: 'SECONDLY',
      })
    lately.push(now)
  }

  /** The account that a call is about; only one in which the app is. */
  #portal(id: string | number | null): Portal {
    const portal = this.#state.portals.get(Number(id))
    if (!portal) throw invalid(`No installation in portal ${id ?? ''}`)
    return portal
  }

  #pointer(request: Incoming, portal: Portal, found: JournalFile | undefined): Outgoing {
    if (!found) return { status: 204, body: null }
    const until = Math.floor(this.#state.now()) + URL_MS
    const path = `${FILES}${portal.id}/${found.offset}`
    const url = `http://${request.headers['host'] ?? ''}${path}?until=${until}&sig=${sealOf(path, until)}`
    return { status: 200, body: { url, expiresAt: instant(until), currentOffset: found.offset } }
  }

  #file(request: Incoming): Outgoing {
    // who sends a token to where files lie gives it away
    if (request.headers['authorization'] !== undefined)
      throw invalid('Only one auth mechanism allowed: the address is signed')
    const until = Number(request.query.get('until'))
    const isGood = request.query.get('sig') === sealOf(request.path, until) && until > this.#state.now()
    if (!isGood) throw new Refusal(403, 'ACCESS_DENIED', 'Request has expired')
    const [, , portalId = '', offset = ''] = request.path.split('/')
    const portal = this.#portal(portalId)
    const found = this.#journal.file(portal, offset)
    if (!found) throw notFound()
    const body = { offset, journalEvents: found.events, publishedAt: instant(found.publishedAt) }
    return { status: 200, body: bodies.file.parse(body) }
  }

  #allRoutes(): Route[] {
    const pointer = { scopes: READ, answers: { 200: bodies.pointer, 204: null } }
    const ends = (['earliest', 'latest'] as const).map((which) =>
      route(`GET ${LOCAL}/${which}`, pointer, (call) => {
        const portal = this.#portal(call.query.get('installPortalId'))
        return this.#pointer(call.request, portal, this.#journal.end(portal, which))
      }),
    )
    return [
      ...ends,
      route(`GET ${LOCAL}/offset/:offset/next`, pointer, (call) => {
        const portal = this.#portal(call.query.get('installPortalId'))
        const found = this.#journal.after(portal, param(call, 'offset'))
        if (found === null) throw new Refusal(404, 'OBJECT_NOT_FOUND', 'The offset has expired or does not exist')
        return this.#pointer(call.request, portal, found)
      }),
      route(`GET ${SUBSCRIPTIONS}`, { scopes: LIST, answers: { 200: bodies.subscriptions } }, () => ({
        status: 200,
        body: { results: [...this.#state.portals.values()].flatMap(({ journal }) => journal.subscriptions) },
      })),
      route(
        `POST ${SUBSCRIPTIONS}`,
        { scopes: WRITE, body: bodies.subscribe, answers: { 200: bodies.subscription } },
        ({ state }, wish) => {
          if (state.strict && wish.subscriptionType !== 'GDPR_PRIVACY_DELETION' && wish.objectIds === undefined)
            throw invalid('Invalid input JSON: objectIds is missing')
          const portal = this.#portal(wish.portalId)
          if (!portal.types.has(wish.objectTypeId)) throw invalid(`No object type ${wish.objectTypeId}`)
          return { status: 200, body: this.#journal.subscribe(portal, wish) }
        },
      ),
      route(`DELETE ${SUBSCRIPTIONS}/portals/:portalId`, { scopes: WRITE, answers: { 204: null } }, (call) => {
        this.#portal(param(call, 'portalId')).journal.subscriptions = []
        return { status: 204, body: null }
      }),
      route(`DELETE ${SUBSCRIPTIONS}/:subscriptionId`, { scopes: WRITE, answers: { 204: null } }, (call) => {
        const id = Number(param(call, 'subscriptionId'))
        const portals = [...this.#state.portals.values()]
        const owner = portals.find(({ journal }) => journal.subscriptions.some((one) => one.id === id))
        if (!owner) throw notFound()
        owner.journal.subscriptions = owner.journal.subscriptions.filter((one) => one.id !== id)
        return { status: 204, body: null }
      }),
    ]
  }
}

const sealOf = (path: string, until: number): string =>
  createHash('sha256').update(`sandbox ${path} ${until}`).digest('hex').slice(0, 32)
