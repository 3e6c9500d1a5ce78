import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'

/** Where a Ladder of one's own keeps its keys when nothing else is said. */
export const LADDER_FOLDER = '.ladder'

export interface AdminOptions {
  ladderUrl?: string
  account?: string
  json?: boolean
}

export type Answer =
  | { ok: true; body: Record<string, unknown> }
  | { ok: false; status: number; message: string; body: Record<string, unknown> }

/** Adds what every command that talks to a running Ladder takes. */
export const withAdminOptions = (command: Command): Command =>
  command
    .option('--ladder-url <url>', 'address of Ladder (else LADDER_URL, else http://127.0.0.1:8787)')
    .option('--account <name>', 'the connected account; may be left out when there is only one')
    .option('--json', 'print one JSON object')

/** The admin API of a running Ladder. The token comes from LADDER_ADMIN_TOKEN or the folder of `ladder serve`; never printed. */
export class Admin {
  readonly url: string
  readonly #token: string

  constructor(url: string, token: string) {
    this.url = url.replace(/\/$/, '')
    this.#token = token
  }

  /** From options and environment; a text says what is missing. */
  static from(options: AdminOptions): Admin | string {
    const file = join(LADDER_FOLDER, 'admin-token')
    const token = process.env.LADDER_ADMIN_TOKEN ?? (existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined)
    if (!token) return `no admin token: set LADDER_ADMIN_TOKEN, or run in the folder of ladder serve (${file})`
    const url = options.ladderUrl ?? process.env.LADDER_URL ?? 'http://127.0.0.1:8787'
    return URL.canParse(url) ? new Admin(url, token) : `--ladder-url ${url} is no URL`
  }

  /** One call; an answer that is no success, or none at all, is a value too. */
  async call(method: string, path: string, body?: unknown): Promise<Answer> {
    try {
      const response = await fetch(`${this.url}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.#token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(120_000),
      })
      const parsed = (await response.json()) as Record<string, unknown>
      if (response.ok) return { ok: true, body: parsed }
      return {
        ok: false,
        status: response.status,
        message: String(parsed.message ?? `HTTP ${response.status}`),
        body: parsed,
      }
    } catch {
      return {
        ok: false,
        status: 0,
        message: `no Ladder answers at ${this.url}: start it with ladder serve, or give --ladder-url`,
        body: {},
      }
    }
  }

  /** A file that Ladder makes, or what it says instead. */
  async file(path: string): Promise<{ ok: true; bytes: Uint8Array } | { ok: false; message: string }> {
    try {
      const response = await fetch(`${this.url}/api/v1${path}`, {
        headers: { authorization: `Bearer ${this.#token}` },
        signal: AbortSignal.timeout(120_000),
      })
      if (response.ok) return { ok: true, bytes: new Uint8Array(await response.arrayBuffer()) }
      const { message = `HTTP ${response.status}` } = (await response.json()) as { message?: string }
      return { ok: false, message }
    } catch {
      return {
        ok: false,
        message: `no Ladder answers at ${this.url}: start it with ladder serve, or give --ladder-url`,
      }
    }
  }

  /** The account that is meant: the named one, or the only one. */
  async account(
    name: string | undefined,
  ): Promise<{ ok: true; path: string; name: string } | { ok: false; message: string }> {
    if (name !== undefined) return { ok: true, path: `/accounts/${encodeURIComponent(name)}`, name }
    const answer = await this.call('GET', '/accounts')
    if (!answer.ok) return { ok: false, message: answer.message }
    const accounts = Array.isArray(answer.body.accounts) ? answer.body.accounts.map(String) : []
    const [only] = accounts
    if (accounts.length === 1 && only) return { ok: true, path: `/accounts/${only}`, name: only }
    return {
      ok: false,
      message:
        accounts.length === 0
          ? 'no account is connected: run ladder apply'
          : `say which --account: ${accounts.join(', ')}`,
    }
  }
}
