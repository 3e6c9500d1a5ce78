import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** One exchange with a running Twenty, as recorded. */
export interface Recording {
  /** `records/012-create-bad-enum`. */
  name: string
  request: { method: string; path: string; headers?: Record<string, string>; body?: unknown }
  response: { status: number; body: unknown }
}

export interface RecordedDelivery {
  path: string
  method: string
  rawHeaders: string[]
  bodyBase64: string
  secret: string | null
  eventName: string | null
}

/** Where the recordings lie, beside the repository; null when they aren't there. */
export const RECORDINGS = ((): string | null => {
  const folder = resolve(import.meta.dirname, '../../../shared/contracts/twenty')
  return existsSync(folder) ? folder : null
})()

/** The recordings of one folder, in the order in which they were made. */
export function recordingsOf(folder: string): Recording[] {
  if (RECORDINGS === null) return []
  const path = resolve(RECORDINGS, folder)
  return readdirSync(path)
    .filter((file) => /^\d+-.*\.json$/.test(file))
    .sort()
    .map((file) => {
      const { request, response } = JSON.parse(readFileSync(resolve(path, file), 'utf8')) as Recording
      return { name: `${folder}/${file.replace(/\.json$/, '')}`, request, response }
    })
}

export function recordedDeliveries(): RecordedDelivery[] {
  if (RECORDINGS === null) return []
  return JSON.parse(readFileSync(resolve(RECORDINGS, 'webhooks/deliveries.json'), 'utf8')) as RecordedDelivery[]
}
