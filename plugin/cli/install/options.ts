import { existsSync, readFileSync } from 'node:fs'
import type { SharedContext } from '../../install/context.ts'
import { workerClient } from '../../install/worker.ts'
import { secretFrom, urlOf, WrongUse, type Output } from '../output.ts'

/** The options of `ladder plan|apply|verify|uninstall`, as given. */
export interface Options {
  crm: string
  url?: string
  tokenEnv: string
  ladderUrl?: string
  account?: string
  shards: string
  rotateSecret?: boolean
  workerTokenEnv?: string
  corebankSecretEnv?: string
  clientSecretEnv?: string
  clientId?: string
  carrier?: string
  language?: string
  marketingEvents?: boolean
  exportDir?: string
  removeApp?: boolean
  deleteData?: boolean
  yes?: boolean
  json?: boolean
}

const ADMIN_TOKEN_FILE = '.ladder/admin-token'

/** The admin token of Ladder, from the environment or the folder of `ladder serve`. A secret. */
export const adminToken = (): string | undefined => {
  const given = process.env.LADDER_ADMIN_TOKEN?.trim()
  if (given) return given
  return existsSync(ADMIN_TOKEN_FILE) ? readFileSync(ADMIN_TOKEN_FILE, 'utf8').trim() || undefined : undefined
}

/** One of the values that an option takes, or undefined when it wasn't given; wrong use otherwise. */
export const oneOf = <T extends string>(
  option: string,
  value: string | undefined,
  all: readonly T[],
): T | undefined => {
  if (value === undefined) return undefined
  const found = all.find((one) => one === value)
  if (found === undefined) throw new WrongUse(`${option}: "${value}" is none of ${all.join(', ')}`)
  return found
}

/** What every CRM's installer needs; wrong use when an option doesn't make sense. Secrets are hidden from all output. */
export const sharedContext = (options: Options, output: Output): SharedContext => {
  const shards = Number(options.shards)
  if (!Number.isInteger(shards) || shards < 1 || shards > 256)
    throw new WrongUse(`--shards: "${options.shards}" is no whole number from 1 to 256`)
  if (options.account !== undefined && !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(options.account))
    throw new WrongUse(`--account: "${options.account}" has other characters than small letters, digits and dashes`)
  const token = secretFrom('--token-env', options.tokenEnv)
  const { workerTokenEnv, corebankSecretEnv } = options
  const workerToken = workerTokenEnv ? secretFrom('--worker-token-env', workerTokenEnv) : undefined
  const corebankSecret = corebankSecretEnv ? secretFrom('--corebank-secret-env', corebankSecretEnv) : undefined
  const admin = adminToken()
  for (const secret of [token, workerToken, corebankSecret, admin]) output.hide(secret)
  const named = options.ladderUrl ?? process.env.LADDER_URL
  const ladderUrl = urlOf('--ladder-url', named ?? 'http://127.0.0.1:8787')
  return {
    worker: workerClient({ url: ladderUrl, adminToken: admin }),
    token,
    options: {
      account: options.account,
      ladderUrl,
      isLadderUrlGiven: options.ladderUrl !== undefined,
      shards,
      rotateSecret: options.rotateSecret ?? false,
      workerToken,
      corebankSecret,
    },
    progress: (message) => output.progress(message),
  }
}
