import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { deliveryOf, receive, type Receiver, type Source } from '../../../worker/ingress/receive.ts'
import { ingress, type IngressEnv } from '../../../worker/ingress/routes.ts'
import type { FakeWorker } from '../../install/testing.ts'

export interface FakeLadder {
  url: string
  server: Server
}

interface Plan {
  account: string
  secrets: Partial<Record<Source, string[]>>
  /** What is configured as the address that HubSpot calls. */
  publicUrl?: () => string | undefined
  /** Answers for the connections. */
  worker?: FakeWorker
  /** What the log has of an object: how it came to know. */
  via?: (object: string) => string[]
}

/** A Ladder with the real routes for deliveries, one account, and a health check as it answers. For tests. */
export const startLadder = async ({
  account,
  secrets,
  publicUrl,
  worker,
  via = () => [],
}: Plan): Promise<FakeLadder> => {
  const env = (): IngressEnv => {
    const base = publicUrl?.()
    return {
      ...(base ? { LADDER_PUBLIC_URL: base } : {}),
      ACCOUNT: {
        getByName: (name) => ({
          take: async () => true,
          receive: (...flat: Parameters<Receiver['receive']>) =>
            receive(deliveryOf(...flat), {
              secrets: name === account ? secrets : null,
              store: () => undefined,
              count: () => undefined,
              now: Date.now(),
            }),
        }),
      },
    }
  }
  const hooks = ingress<IngressEnv>(() => true)
  const health = { ok: true, accounts: { [account]: { lastEventAt: new Date().toISOString(), deadLetters: 0 } } }
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const headers = new Headers()
    for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value))
    const path = request.url ?? '/'
    const url = `http://ladder.example${path}`
    const init = {
      method: request.method ?? 'GET',
      headers,
      ...(parts.length > 0 ? { body: Buffer.concat(parts) } : {}),
    }
    const answer =
      path === '/healthz'
        ? Response.json(health)
        : path.includes('/events?')
          ? Response.json({ events: via(new URL(url).searchParams.get('filter') ?? '').map((one) => ({ via: one })) })
          : worker && path.startsWith('/api/')
            ? await worker.fetch(url, init)
            : ((await hooks(new Request(url, init), env())) ?? new Response(null, { status: 404 }))
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}
