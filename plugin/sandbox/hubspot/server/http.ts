import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

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

/** An answer: JSON, except that null is sent as an empty body. */
export interface Outgoing {
  status: number
  body: object | null
  headers?: Record<string, string>
}

/** `'cut'` closes the connection without an answer. */
export type Handler = (request: Incoming) => Promise<Outgoing | 'cut'>

async function read(message: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  const url = new URL(message.url ?? '/', 'http://127.0.0.1')
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(message.headers)) headers[name] = String(value)
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    url: message.url ?? '/',
    query: url.searchParams,
    headers,
    raw: Buffer.concat(chunks),
  }
}

function send(response: ServerResponse, answer: Outgoing): void {
  const text = answer.body === null ? '' : JSON.stringify(answer.body)
  response.writeHead(answer.status, {
    ...(text === '' ? {} : { 'content-type': 'application/json;charset=utf-8' }),
    'content-length': Buffer.byteLength(text),
    ...answer.headers,
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
        if (!response.headersSent) send(response, { status: 500, body: { status: 'error', message: text } })
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
