import { open, seal } from '../shell/secrets.ts'
import type { Sql } from '../shell/sql.ts'

/** A consent that an admin of Ladder asks an admin of HubSpot for. */
export interface ConsentWish {
  /** The one account that may agree; null: any. */
  portalId: number | null
}

/** What the link to HubSpot is made of. */
export interface AskedConsent {
  /** Comes back with the answer; good once. */
  state: string
  /** PKCE: SHA-256 of what is told when the answer is used. */
  challenge: string
  /** Until when the answer is taken, epoch ms. */
  until: number
}

/** What was kept of an asked consent, or why its answer isn't taken. */
export type TakenConsent = { ok: true; verifier: string; wish: ConsentWish } | { ok: false; why: ConsentRefusal }
export type ConsentRefusal = 'unknown' | 'used' | 'expired'

/** An admin of HubSpot may be somebody else, who gets the link by mail. */
const GOOD_MS = 30 * 60_000
/** So long an answer that comes again or too late is told apart from one that nobody asked for. */
const TOLD_MS = 24 * 60 * 60_000
/** 32 bytes: 43 characters, the least that PKCE takes. */
const RANDOM_BYTES = 32

const base64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const random = (): string => base64Url(crypto.getRandomValues(new Uint8Array(RANDOM_BYTES)))

const digest = async (text: string): Promise<string> =>
  base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))

/** Consents that are asked for, kept where the list of accounts is: which account it will be isn't known before the answer. */
export class AskedConsents {
  /** The state stands here as its hash alone, so that who reads the table can't answer. */
  static readonly table = `
   CREATE TABLE asked_consent (hash TEXT PRIMARY KEY, verifier TEXT NOT NULL, wish TEXT NOT NULL, until INTEGER NOT NULL, used INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;`

  readonly #sql: Sql
  readonly #masterKey: string

  constructor(sql: Sql, masterKey: string) {
    this.#sql = sql
    this.#masterKey = masterKey
  }

  async ask(wish: ConsentWish, now: number): Promise<AskedConsent> {
    const [state, verifier] = [random(), random()]
    const hash = await digest(state)
    const until = now + GOOD_MS
    const sealed = await seal(this.#masterKey, `consent/${hash}`, verifier)
    this.#sql.run('DELETE FROM asked_consent WHERE until < ?', now - TOLD_MS)
    this.#sql.run(
      'INSERT INTO asked_consent (hash, verifier, wish, until) VALUES (?, ?, ?, ?)',
      hash,
      sealed,
      JSON.stringify(wish),
      until,
    )
    return { state, challenge: await digest(verifier), until }
  }

  /** Takes an answer's state, once: whatever becomes of it, it is used. Nothing is written for one that nobody asked for. */
  async take(state: string, now: number): Promise<TakenConsent> {
    const hash = await digest(state)
    const row = this.#sql.one<{ verifier: string; wish: string; until: number; used: number }>(
      'SELECT verifier, wish, until, used FROM asked_consent WHERE hash = ?',
      hash,
    )
    if (!row) return { ok: false, why: 'unknown' }
    if (row.used) return { ok: false, why: 'used' }
    this.#sql.run("UPDATE asked_consent SET used = 1, verifier = '' WHERE hash = ?", hash)
    if (now >= row.until) return { ok: false, why: 'expired' }
    const verifier = await open(this.#masterKey, `consent/${hash}`, row.verifier)
    if (verifier === undefined) return { ok: false, why: 'unknown' }
    return { ok: true, verifier, wish: JSON.parse(row.wish) as ConsentWish }
  }
}
