import { startHubspotSandbox } from './index.ts'
import type { HubspotSandbox, HubspotSandboxOptions } from './index.ts'
import type { JsonObject } from './types.ts'

export interface Answer {
  status: number
  body: JsonObject
  headers: Headers
}

/** A call as the app makes it; null where there is no body. */
export async function call(
  sandbox: HubspotSandbox,
  line: string,
  body?: unknown,
  token: string = sandbox.token,
): Promise<Answer> {
  const [method = 'GET', path = '/'] = line.split(' ')
  const init: RequestInit = {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  }
  if (body !== undefined) init.body = JSON.stringify(body)
  const response = await fetch(sandbox.url + path, init)
  const text = await response.text()
  return {
    status: response.status,
    body: text === '' ? {} : (JSON.parse(text) as JsonObject),
    headers: response.headers,
  }
}

/** Starts stand-ins and closes all of them. */
export class Sandboxes {
  #open: HubspotSandbox[] = []

  async start(options: HubspotSandboxOptions = {}): Promise<HubspotSandbox> {
    const sandbox = await startHubspotSandbox({ rateLimit: null, ...options })
    this.#open.push(sandbox)
    return sandbox
  }

  async close(): Promise<void> {
    for (const sandbox of this.#open.splice(0)) await sandbox.close()
  }
}

/** The results of a list, a search or a batch. */
export function results(answer: Answer): JsonObject[] {
  return answer.body['results'] as JsonObject[]
}
