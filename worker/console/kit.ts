import { env as given } from 'cloudflare:workers'
import worker from '../index.ts'
import type { Env } from '../shell/env.ts'
import { ACCESS } from './access/index.ts'
import type { Grant } from './access/roles.ts'

/** What tests of the console work with: the whole Worker, its objects, and browsers that are signed in. */
export const env = given as unknown as Env
export const TOKEN = 'an-admin-token-for-tests'
const SETUP = { ...env, LADDER_MASTER_KEY: btoa('k'.repeat(32)), LADDER_ADMIN_TOKEN: TOKEN }
export const ORIGIN = 'https://ladder.bank.example'
export const OWN_PAGE = { origin: ORIGIN, 'sec-fetch-site': 'same-origin', 'x-ladder': 'console' }
export const BEARER = { authorization: `Bearer ${TOKEN}` }
export const access = env.ACCESS.getByName(ACCESS)

const CONTEXT = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} }

/** One request to the Worker. */
export const call = async (
  method: string,
  url: string,
  headers: Record<string, string> = {},
  body?: unknown,
): Promise<Response> => {
  const sent = method === 'GET' || method === 'DELETE' ? {} : { body: JSON.stringify(body ?? {}) }
  const request = new Request(url, { method, headers, ...sent, redirect: 'manual' })
  return worker.fetch(request, SETUP, CONTEXT as unknown as ExecutionContext)
}

const NOTHING = { name: '', branches: [], rm: null, accounts: null }

/** Headers of a browser in which somebody with a grant was signed in at `now`. */
export const signedIn = async (
  name: string,
  grant: Partial<Grant> & Pick<Grant, 'role'>,
  now = Date.now(),
): Promise<Record<string, string>> => {
  const email = `${name.toLowerCase()}@bank.example`
  await access.grant({ ...NOTHING, ...grant, who: email, kind: 'email', issuer: '', at: 0, by: 'test' })
  const begun = await access.beginKnown({ issuer: 'https://id.example', subject: name, email }, name, true, now)
  if (!begun.ok) throw new Error(begun.why)
  return { ...OWN_PAGE, cookie: `__Host-ladder-session=${begun.id}` }
}
