import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Fields } from '../../schemas/events/index.ts'
import type { Scripts } from '../../plugin/runtime/bundle.ts'
import type { RuntimeWish } from '../../plugin/runtime/index.ts'
import { pathOf } from '../../worker/crm/hubspot/layout.ts'
import { carrierOf, type CrmName } from './crm-driver.ts'
import { hubspotWorld, projectWebhooks } from './hubspot-world.ts'
import type { World } from './ladder.ts'
import { twentyWorld } from './twenty-world.ts'

/** A file as it hangs on a record. */
export interface Attached {
  name: string
  bytes: Buffer
}

export interface DocumentsBank extends World {
  /** Files on a record, sorted by name. */
  attachedTo(object: string, id: string): Attached[]
  /** The next upload, or the call that attaches, is carried out and its answer is lost. */
  loseAnswer(of: 'upload' | 'attach', times?: number): void
  /** How many files were taken away for good. */
  dropped(): number
  /** What notes say that a document came with; none on Twenty. */
  notes(): string[]
  /** From now on the token may not handle files. */
  forbidFiles(): void
}

/** A printer that a test holds: it prints a page of one line, or fails. */
export interface TestPrinter {
  url: string
  token: string
  pages: string[]
  broken: boolean
  close(): void
}

export const testPrinter = async (): Promise<TestPrinter> => {
  const printer = { url: '', token: 'printer-token-of-the-test', pages: [] as string[], broken: false }
  const server: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const isAllowed = request.headers.authorization === `Bearer ${printer.token}`
      if (printer.broken || !isAllowed) return void response.writeHead(isAllowed ? 500 : 401).end()
      printer.pages.push((JSON.parse(body) as { html: string }).html)
      response.writeHead(200, { 'content-type': 'application/pdf' }).end(`%PDF-1.7 page ${printer.pages.length}`)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  printer.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/pdf`
  return Object.assign(printer, { close: () => void server.close() })
}

export const documentsBank = async (wish: {
  start: string
  crm: CrmName
  worker: Scripts
  printer?: TestPrinter
}): Promise<DocumentsBank> => {
  const { start, crm, worker, printer } = wish
  const runtime: Partial<RuntimeWish> = { worker, ...(printer ? { printer } : {}) }
  return crm === 'twenty' ? onTwenty(start, runtime) : onHubspot(start, runtime, crm)
}

const byName = (files: Attached[]): Attached[] => files.sort((a, b) => (a.name < b.name ? -1 : 1))

const onTwenty = async (start: string, runtime: Partial<RuntimeWish>): Promise<DocumentsBank> => {
  const world = await twentyWorld({ start, runtime })
  const { store } = world.twenty
  return {
    ...world,
    attachedTo: (object, id) => {
      const column = `target${object.charAt(0).toUpperCase()}${object.slice(1)}Id`
      const rows = store.list('attachment').filter((row) => row[column] === id)
      return byName(
        rows.map((row) => {
          const [file] = row['file'] as { fileId: string }[]
          return { name: String(row['name']), bytes: store.file(file?.fileId ?? '') ?? Buffer.alloc(0) }
        }),
      )
    },
    loseAnswer: (of, times = 1) =>
      world.twenty.failNext({
        match: of === 'upload' ? 'POST /metadata' : 'POST /rest/batch/attachments',
        when: 'after',
        cut: true,
        times,
      }),
    dropped: () =>
      world.twenty.calls.list.filter(
        ({ method, path, status }) => method === 'DELETE' && path.startsWith('/rest/attachments/') && status === 200,
      ).length,
    notes: () => [],
    forbidFiles: () =>
      world.twenty.failNext({
        match: 'POST /metadata',
        times: 1e6,
        status: 200,
        body: { data: null, errors: [{ message: 'Permission denied', extensions: { code: 'FORBIDDEN' } }] },
      }),
  }
}

const onHubspot = async (
  start: string,
  runtime: Partial<RuntimeWish>,
  crm: Exclude<CrmName, 'twenty'>,
): Promise<DocumentsBank> => {
  const world = await hubspotWorld({ start, runtime, carrier: carrierOf(crm) })
  world.hubspot.setWebhooks(projectWebhooks(world))
  const { store } = world.hubspot
  const fileOf = (id: string): Attached => {
    const file = store.files().find((one) => one.id === id)
    return { name: file?.name ?? '', bytes: store.file(id) ?? Buffer.alloc(0) }
  }
  const idsIn = (text: string | null | undefined): string[] => (text ?? '').split(';').filter(Boolean)
  return {
    ...world,
    attachedTo: (object, id) => {
      const type = pathOf(world.layout, object) ?? object
      if (type === 'tasks') return byName(idsIn(store.get('tasks', id)?.properties['hs_attachment_ids']).map(fileOf))
      const linked = new Set(store.links(type, id, 'notes').map((link) => link.id))
      // not those in the bin
      const notes = store.list('notes').filter((note) => linked.has(note.id))
      return byName(notes.flatMap(({ properties }) => idsIn(properties['hs_attachment_ids'])).map(fileOf))
    },
    dropped: () =>
      world.hubspot.calls.list.filter(({ path, status }) => path.endsWith('/gdpr-delete') && status === 204).length,
    loseAnswer: (of, times = 1) =>
      world.hubspot.failNext({
        match: of === 'upload' ? 'POST /files/' : 'POST /crm/objects/2026-09/notes/batch/create',
        when: 'after',
        cut: true,
        times,
      }),
    notes: () => store.list('notes').map(({ properties }) => properties['hs_note_body'] ?? ''),
    forbidFiles: () =>
      world.hubspot.failNext({
        match: 'POST /files/',
        times: 1e6,
        status: 403,
        body: {
          status: 'error',
          category: 'MISSING_SCOPES',
          message: 'This app hasn’t been granted all required scopes to make this call.',
          errors: [{ message: 'missing', context: { requiredGranularScopes: ['files'] } }],
        },
      }),
  }
}

/** What a value report asks for. */
export const REPORT: Fields = {
  scoreOperation: 82,
  scoreFinance: 78,
  scoreSales: 74,
  scoreManagement: 80,
  scoreTechnology: 88,
  scoreIndustry: 71,
  coreCompetitiveness: '模具设计',
  expectedRevenue: 86_000_000,
}
