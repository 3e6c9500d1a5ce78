import * as z from '../../../schemas/z.ts'
import type { Sql } from '../../shell/sql.ts'

const isSafe = (text: string): boolean => {
  const { protocol, hostname, username, search, hash } = new URL(text)
  const isHere = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
  return (protocol === 'https:' || (protocol === 'http:' && isHere)) && username === '' && search === '' && hash === ''
}

const text = z.string().check(z.trim(), z.minLength(1), z.maxLength(500))

/** The provider of OpenID Connect, as an admin sets it. */
export const providerSchema = z.strictObject({
  /** Exactly as the provider names itself, with or without a slash at its end. */
  issuer: z.url().check(z.refine((url) => !URL.canParse(url) || isSafe(url), 'an https address without query')),
  clientId: text,
  /** Left out: the one that is kept stays, where issuer and client are the same. Null: a client without one. */
  clientSecret: z.optional(z.nullable(text)),
  /** The provider is the bank's own directory and vouches for every address, though it doesn't say so (`email_verified`). */
  vouchesForEmail: z._default(z.boolean(), false),
})

export interface Provider {
  issuer: string
  clientId: string
  vouchesForEmail: boolean
}

/** Settings and the sealed client secret; '' for a client without one. */
export interface KeptProvider {
  settings: Provider
  sealed: string
}

/** The place under which a client secret is sealed. */
export const sealedAt = ({ issuer, clientId }: Pick<Provider, 'issuer' | 'clientId'>): string =>
  `access/oidc/${issuer}/${clientId}`

/** The one provider of an installation. */
export class ProviderStore {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  get(): KeptProvider | null {
    const row = this.#sql.one<{ settings: string; sealed: string }>('SELECT settings, sealed FROM provider')
    return row ? { settings: JSON.parse(row.settings) as Provider, sealed: row.sealed } : null
  }

  set({ settings, sealed }: KeptProvider): void {
    this.#sql.run(
      'INSERT OR REPLACE INTO provider (id, settings, sealed) VALUES (1, ?, ?)',
      JSON.stringify(settings),
      sealed,
    )
  }

  clear(): void {
    this.#sql.run('DELETE FROM provider')
  }
}
