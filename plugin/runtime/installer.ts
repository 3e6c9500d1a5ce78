import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { root } from './bundle.ts'
import { argumentsOf, type InstallWish, readWish } from './installer-wish.ts'

/** The installer's service on this machine, as `LADDER_INSTALLER_URL` and `LADDER_INSTALLER_TOKEN` name it. */
export interface InstallerService {
  url: string
  token: string
  stop(): void
}

/** One run of the command. `lines`: what it said it was doing; `report`: what it printed at its end. */
interface Job {
  id: string
  action: InstallWish['action']
  crm: InstallWish['crm']
  state: 'running' | 'done' | 'stopped'
  lines: string[]
  /** The lines in Chinese, by what they say in English. */
  zh: Record<string, string>
  report: unknown
  child: ChildProcess
}

const MOST_BYTES = 64 * 1024
const MOST_LINES = 500
/** The environment variables by which the command is told the secrets; they stand on no command line. */
const CRM_TOKEN = 'LADDER_CRM_TOKEN'
const CLIENT_SECRET = 'LADDER_CLIENT_SECRET'

const isSame = (given: string, wanted: string): boolean =>
  given.length === wanted.length && timingSafeEqual(Buffer.from(given), Buffer.from(wanted))

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) return undefined
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown
  } catch {
    return undefined
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

/**
 * Starts what the console's page connects a CRM with: it runs `ladder doctor|plan|apply|verify` as one would by hand, and tells how
 * far it is (docs/decisions/0033). On 127.0.0.1, for who knows its token: Ladder's Worker. One run at a time; secrets go to the
 * command's environment and nowhere else.
 */
export const startInstaller = async (ladder: { url: string; adminToken: string }): Promise<InstallerService> => {
  const token = randomBytes(24).toString('base64url')
  let job: Job | undefined

  const begin = (wish: InstallWish): Job => {
    const secrets = [wish.token, wish.clientSecret].filter((one) => one !== undefined)
    const clean = (text: string): string => secrets.reduce((safe, secret) => safe.replaceAll(secret, '***'), text)
    const command = [join(root, 'plugin/cli/main.ts'), ...argumentsOf(wish, ladder.url, CRM_TOKEN, CLIENT_SECRET)]
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...command], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS,
        LADDER_ADMIN_TOKEN: ladder.adminToken,
        LADDER_URL: ladder.url,
        [CRM_TOKEN]: wish.token,
        ...(wish.clientSecret === undefined ? {} : { [CLIENT_SECRET]: wish.clientSecret }),
      },
    })
    const { action, crm } = wish
    const id = randomBytes(9).toString('base64url')
    const made: Job = { id, action, crm, state: 'running', lines: [], zh: {}, report: null, child }
    let [printed, faults] = ['', '']
    const say = (text: string): void => void (made.lines.length < MOST_LINES && made.lines.push(clean(text)))
    child.on('message', (message: unknown) => {
      const { progress, zh } = (typeof message === 'object' ? message : null) as { progress?: unknown; zh?: object }
      if (typeof progress !== 'string') return
      say(progress)
      Object.assign(made.zh, zh)
    })
    child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()))
    child.stderr?.on('data', (chunk: Buffer) => (faults += chunk.toString()))
    child.on('error', (error) => say(error.message))
    child.on('close', () => {
      if (made.state === 'running') made.state = 'done'
      made.report = parsed(clean(printed))
      if (made.report === null) for (const line of faults.split('\n')) if (line.trim()) say(line)
    })
    return made
  }

  const shown = ({ child: _child, ...one }: Job, from: number) => ({ ...one, lines: one.lines.slice(from), from })

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const tell = (status: number, body: unknown): void =>
      void response
        .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
        .end(JSON.stringify(body))
    const refuse = (status: number, error: string, message: string, zh: string): void =>
      tell(status, { error, message, zh })
    const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    if (!isSame(given, token)) return refuse(401, 'unauthorized', 'send the installer’s token', '缺少安装程序令牌')
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (pathname === '/jobs' && request.method === 'POST') {
      const wish = readWish(await bodyOf(request))
      if (!wish.ok) return refuse(400, 'bad-request', wish.message, wish.zh)
      if (job?.state === 'running')
        return refuse(
          409,
          'busy',
          `${job.action} is running: wait for it, or stop it`,
          '已有任务在运行，请等待或先停止',
        )
      job = begin(wish.value)
      return tell(201, shown(job, 0))
    }
    // the last run: for a page that was loaded again meanwhile
    if (pathname === '/jobs' && request.method === 'GET') return tell(200, { job: job ? shown(job, 0) : null })
    if (!job || pathname !== `/jobs/${job.id}`) return refuse(404, 'not-found', 'no such run', '没有此次运行')
    if (request.method === 'DELETE') {
      if (job.state === 'running') {
        job.state = 'stopped'
        job.child.kill('SIGTERM')
      }
      return tell(200, shown(job, 0))
    }
    return tell(200, shown(job, Math.max(0, Math.floor(Number(searchParams.get('from'))) || 0)))
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
    url: `http://127.0.0.1:${port}`,
    token,
    stop: () => {
      job?.child.kill('SIGTERM')
      server.close()
      server.closeAllConnections()
    },
  }
}
