import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { findChromium, printPage } from './chromium.ts'

/** A printer on this machine, as `LADDER_PRINTER_URL` and `LADDER_PRINTER_TOKEN` name it. */
export interface Printer {
  url: string
  token: string
  stop(): Promise<void>
}

const MOST_BYTES = 16 * 1024 * 1024
const MOST_WAITING = 20

const bodyOf = async (request: IncomingMessage): Promise<string | undefined> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const htmlIn = (body: string): string | undefined => {
  try {
    const { html } = JSON.parse(body) as { html?: unknown }
    return typeof html === 'string' && html !== '' ? html : undefined
  } catch {
    return undefined
  }
}

const isSame = (given: string, wanted: string): boolean =>
  given.length === wanted.length && timingSafeEqual(Buffer.from(given), Buffer.from(wanted))

/**
 * Starts a printer on 127.0.0.1 that speaks as Cloudflare's Browser Rendering does: `POST {html}` with a bearer token, a PDF for
 * an answer. One page at a time. Undefined where no browser is found.
 */
export const startPrinter = async (chromium = findChromium()): Promise<Printer | undefined> => {
  if (chromium === undefined) return undefined
  const token = randomBytes(24).toString('base64url')
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refuse = (status: number, message: string): void => {
      response
        .writeHead(status, { 'content-type': 'application/json', connection: 'close' })
        .end(JSON.stringify({ message }))
    }
    const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    if (!isSame(given, token)) return refuse(401, 'send the printer’s token')
    if (request.method !== 'POST' || request.url !== '/pdf') return refuse(404, 'POST /pdf prints')
    if (waiting >= MOST_WAITING) return refuse(503, 'too much is waiting')
    const body = await bodyOf(request)
    const html = body === undefined ? undefined : htmlIn(body)
    if (html === undefined) return refuse(400, 'send {"html": "…"}')
    waiting++
    const mine = last.then(() => printPage(chromium, html))
    last = mine.catch(() => undefined).finally(() => waiting--)
    try {
      const pdf = await mine
      response.writeHead(200, { 'content-type': 'application/pdf', 'content-length': pdf.length }).end(pdf)
    } catch (error) {
      refuse(500, error instanceof Error ? error.message : 'not printed')
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(0, '127.0.0.1', done)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/pdf`,
    token,
    stop: async () => {
      server.close()
      await last
      server.closeAllConnections()
    },
  }
}
