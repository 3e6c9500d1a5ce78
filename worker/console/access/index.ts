import { DurableObject } from 'cloudflare:workers'
import type { Env } from '../../shell/env.ts'
import { Sql } from '../../shell/sql.ts'
import { Asked, type AskedRefusal } from './asked.ts'
import { Audit, type AuditRow, type Deed } from './audit.ts'
import { type Known, People, type Person } from './people.ts'
import { type KeptProvider, ProviderStore } from './provider.ts'
import type { Who } from './roles.ts'
import { migrations } from './schema.ts'
import { type Session, Sessions } from './sessions.ts'
import { SetupLinks } from './setup-links.ts'
import { Tries } from './tries.ts'

/** The one object of an installation. */
export const ACCESS = 'main'

/** The session of a browser, or why it has none that counts. */
export type FoundSession =
  { ok: true; who: Who; secure: boolean } | { ok: false; why: 'none' | 'no-grant'; name: string }

/** A session that was begun, or why not; `wait` in seconds. */
export type Begun =
  | { ok: true; id: string; who: Who }
  | { ok: false; why: 'token' | 'no-grant' }
  | { ok: false; why: 'wait'; wait: number }

/** A sign-in that was asked for and goes on to `path`, or why not; `wait` in seconds. */
export type TakenSignIn =
  { ok: true; path: string } | { ok: false; why: AskedRefusal } | { ok: false; why: 'wait'; wait: number }

const SETUP_NAME = 'setup link'

/** Who may use Ladder's console: grants, sessions, sign-in links, the provider, and who did what. One an installation. */
export class Access extends DurableObject<Env> {
  readonly #people: People
  readonly #sessions: Sessions
  readonly #links: SetupLinks
  readonly #tries: Tries
  readonly #audit: Audit
  readonly #asked: Asked
  readonly #provider: ProviderStore

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    const sql = new Sql(ctx.storage, migrations)
    this.#people = new People(sql)
    this.#sessions = new Sessions(sql)
    this.#links = new SetupLinks(sql)
    this.#tries = new Tries(sql)
    this.#audit = new Audit(sql)
    this.#asked = new Asked(sql)
    this.#provider = new ProviderStore(sql)
  }

  /** What a page may know before anybody is signed in. */
  async ways(now: number): Promise<{ oidc: boolean; setup: boolean }> {
    return { oidc: this.#provider.get() !== null, setup: this.#links.isOpen(now) }
  }

  async makeLink(now: number): Promise<{ token: string; until: number }> {
    return this.#links.make(now)
  }

  /** Begins a session by a link's token: an admin's. */
  async beginByLink(token: string, address: string, secure: boolean, now: number): Promise<Begun> {
    const wait = this.#tries.wait('setup', address, now)
    if (wait > 0) return { ok: false, why: 'wait', wait }
    if (!(await this.#links.use(token, now))) {
      this.#tries.count('setup', address, now)
      return { ok: false, why: 'token' }
    }
    const session: Session = { kind: 'setup', email: '', subject: '', issuer: '', name: SETUP_NAME, secure }
    const id = await this.#sessions.begin(session, now)
    this.#audit.add({ actor: SETUP_NAME, what: 'session.begin', account: '', detail: { by: 'setup' } }, now, 200)
    return { ok: true, id, who: ofLink() }
  }

  async provider(): Promise<KeptProvider | null> {
    return this.#provider.get()
  }

  /** Sets the provider, or takes it away (null). Whom another one has signed in is signed out. */
  async setProvider(kept: KeptProvider | null): Promise<void> {
    const before = this.#provider.get()
    if (kept) this.#provider.set(kept)
    else this.#provider.clear()
    if (before && before.settings.issuer !== kept?.settings.issuer) this.#sessions.endAllOf('oidc')
  }

  /** The state of a sign-in that the provider is asked for, in a browser (the hash of its secret). */
  async askSignIn(browser: string, path: string, now: number): Promise<string> {
    return this.#asked.ask(browser, path, now)
  }

  /** Takes the provider's answer to a state, once, in the browser that asked. */
  async takeSignIn(state: string, browser: string, address: string, now: number): Promise<TakenSignIn> {
    const wait = this.#tries.wait('callback', address, now)
    if (wait > 0) return { ok: false, why: 'wait', wait }
    const taken = await this.#asked.take(state, browser, now)
    if (!taken.ok) this.#tries.count('callback', address, now)
    return taken
  }

  /** Notes that the provider's answer was no good. */
  async failedSignIn(message: string, address: string, now: number): Promise<void> {
    this.#tries.count('callback', address, now)
    this.#audit.add({ actor: '', what: 'session.refused', account: '', detail: { message } }, now, 502)
  }

  /** Begins a session of somebody whom the provider knows, if there is a grant. */
  async beginKnown(known: Known, name: string, secure: boolean, now: number): Promise<Begun> {
    const session: Session = { ...known, kind: 'oidc', name, secure }
    const person = this.#people.of(known)
    const actor = known.email || name || known.subject
    const deed = { actor, what: 'session.begin', account: '', detail: { by: 'oidc' } }
    this.#audit.add(deed, now, person ? 200 : 403)
    if (!person) return { ok: false, why: 'no-grant' }
    return { ok: true, id: await this.#sessions.begin(session, now), who: ofPerson(session, person) }
  }

  /** Whose a session is. Grants are looked up each time: one that is taken back counts at once. */
  async session(id: string, now: number): Promise<FoundSession> {
    const session = await this.#sessions.find(id, now)
    if (!session) return { ok: false, why: 'none', name: '' }
    const { kind, secure } = session
    if (kind === 'setup') return { ok: true, who: ofLink(), secure }
    const person = this.#people.of(session)
    if (!person) return { ok: false, why: 'no-grant', name: session.email || session.name }
    return { ok: true, who: ofPerson(session, person), secure }
  }

  async end(id: string, now: number): Promise<void> {
    const found = await this.session(id, now)
    await this.#sessions.end(id)
    if (found.ok) this.#audit.add({ actor: actorOf(found.who), what: 'session.end', account: '', detail: {} }, now, 200)
  }

  async people(): Promise<Person[]> {
    return this.#people.list()
  }

  /** False when this would leave no admin. */
  async grant(person: Person): Promise<boolean> {
    return this.#people.put(person)
  }

  async revoke(who: string): Promise<'removed' | 'unknown' | 'last-admin'> {
    return this.#people.remove(who)
  }

  /** Writes a deed down before it is done. */
  async note(deed: Deed, now: number): Promise<number> {
    return this.#audit.add(deed, now, null)
  }

  async noteEnd(seq: number, status: number): Promise<void> {
    this.#audit.end(seq, status)
  }

  async audit(most: number, before: number | null, filter: string | null): Promise<AuditRow[]> {
    return this.#audit.list(most, before, filter)
  }
}

/** By what name somebody stands in the audit. */
export const actorOf = ({ by, email, name }: Pick<Who, 'by' | 'email' | 'name'>): string =>
  by === 'token' ? 'admin token' : email || name

/** Whoever came by a link is an admin: only a holder of the admin token can have made it. */
const ofLink = (): Who => ({
  by: 'setup',
  name: SETUP_NAME,
  email: '',
  role: 'ADMIN',
  branches: [],
  rm: null,
  accounts: null,
})

const ofPerson = ({ email, name }: Session, { name: given, role, branches, rm, accounts }: Person): Who => ({
  by: 'oidc',
  name: given || name || email,
  email,
  role,
  branches,
  rm,
  accounts,
})
