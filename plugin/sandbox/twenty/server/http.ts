import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { nestBadRequest } from '../refusal.ts'
import type { Json } from '../types.ts'

/** A request as the routes see it. */
export interface Incoming {
  method: string
  path: string
  /** Path and query as sent. */
  url: string
  query: URLSearchParams
  headers: Record<string, string>
  raw: Buffer
}

/** An answer: JSON, except that '' is sent as an empty body. */
export interface Outgoing {
  status: number
  body: Json
}

/** `'cut'` closes the connection without an answer. */
export type Handler = (request: Incoming) => Promise<Outgoing | 'cut'>

/** The parsed body; undefined when there is none. Bad JSON is refused as Nest's body parser refuses it. */
export function jsonBody(request: Incoming): Json | undefined {
  if (request.raw.length === 0) return undefined
  try {
    return JSON.parse(request.raw.toString('utf8')) as Json
  } catch (error) {
    throw nestBadRequest(error instanceof Error ? error.message : 'Bad JSON')
  }
}

async function read(message: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  const url = new URL(message.url ?? '/', 'http://127.0.0.1')
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(message.headers)) headers[name] = String(value)
  return {
    method: message.method ?? 'GET',
    path: decodeURIComponent(url.pathname),
    url: message.url ?? '/',
    query: url.searchParams,
    headers,
    raw: Buffer.concat(chunks),
  }
}

function send(response: ServerResponse, answer: Outgoing): void {
  const text = answer.body === '' ? '' : JSON.stringify(answer.body)
  response.writeHead(answer.status, {
    'x-powered-by': 'Express',
    'access-control-allow-origin': '*',
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  })
  response.end(text)
}

export interface Listening {
  url: string
  close(): Promise<void>
}

/** Serves on 127.0.0.1 alone; port 0 takes a free one. */
export async function listen(handler: Handler, port: number): Promise<Listening> {
  const server = createServer((message, response) => {
    read(message)
      .then(handler)
      .then((answer) => {
        if (answer === 'cut') message.socket.destroy()
        else send(response, answer)
      })
      .catch((error: unknown) => {
        const text = error instanceof Error ? error.message : String(error)
        if (!response.headersSent) send(response, { status: 500, body: { statusCode: 500, messages: [text] } })
      })
  })
  server.keepAliveTimeout = 65_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}
