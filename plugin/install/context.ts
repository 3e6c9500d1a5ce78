import type { WorkerClient } from './worker.ts'

/** What a person asked for, whatever the CRM. */
export interface InstallOptions {
  /** The account's name in Ladder; taken from the CRM when left out. */
  account?: string | undefined
  ladderUrl: string
  /** Whether the person named the Worker: then it must be there. */
  isLadderUrlGiven: boolean
  shards: number
  rotateSecret?: boolean
  /** Key for the Worker, when it is to have another one than the installer. A secret. */
  workerToken?: string | undefined
  /** Secret of core banking's deliveries. */
  corebankSecret?: string | undefined
}

/** What every step needs, whatever the CRM. `token` is in the clients and in `secrets` only. */
export interface SharedContext {
  worker: WorkerClient
  /** The installer's own API key. A secret. */
  token: string
  options: InstallOptions
  progress: (message: string) => void
}

/** A name such as `acme-bank`: small letters, digits, hyphens. */
export const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)

/** Whether keys and customer data would go over the network readable. */
export const isPlainHttp = (url: string): boolean => {
  const { protocol, hostname } = new URL(url)
  return protocol === 'http:' && !['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
}
