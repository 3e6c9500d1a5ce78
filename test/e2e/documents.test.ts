import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type DocumentsBank, documentsBank, REPORT, type TestPrinter, testPrinter } from './documents-bank.ts'
import { ACCOUNT, type CrmName } from './harness.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const MINUTE = 60_000
const CRMS: CrmName[] = ['twenty', 'hubspot', 'hubspot-deal']

const worker = inject('scripts')

const ladder = join(import.meta.dirname, '../../plugin/cli/ladder.mjs')
const folder = mkdtempSync(join(tmpdir(), 'ladder-documents-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const textOf = (docx: Buffer): string =>
  strFromU8(unzipSync(new Uint8Array(docx))['word/document.xml'] ?? new Uint8Array()).replace(/<[^>]+>/g, ' ')

describe.each(CRMS)('documents on %s', (crm) => {
  let bank: DocumentsBank
  let printer: TestPrinter
  let company: string
  let development: string
  const names = (object = 'development', id = development): string[] =>
    bank.attachedTo(object, id).map(({ name }) => name)
  const shown = () => bank.crm.list('development', { id: development })[0]
  const dead = async (): Promise<{ object: string; reason: string }[]> =>
    (await bank.admin.call('GET', `/accounts/${ACCOUNT}/dead-letters`)).body.deadLetters as {
      object: string
      reason: string
    }[]

  beforeAll(async () => {
    printer = await testPrinter()
    bank = await documentsBank({ start: START, crm, worker, printer })
    company = await bank.crm.create('company', { name: '华星精密', ladderCustomerNo: 'C-1' })
    development = await bank.crm.create('development', {
      name: '华星开发',
      company,
      pipeline: 'DEV_A',
      stage: 'DEV_A01',
    })
    await bank.quiet()
  })
  afterAll(async () => {
    await bank.close()
    printer.close()
  })

  it('DEV-A08: a value report that is asked for hangs on the record as Word and PDF, in Chinese and English', async () => {
    await bank.crm.update('development', development, { ...REPORT, documentsWanted: ['VALUE_REPORT'] })
    await bank.quiet()
    expect(names()).toEqual([
      'Customer-value-report_华星精密_v1.docx',
      'Customer-value-report_华星精密_v1.pdf',
      '客户价值评价报告_华星精密_v1.docx',
      '客户价值评价报告_华星精密_v1.pdf',
    ])
    const files = bank.attachedTo('development', development)
    const report = textOf(files[2]?.bytes ?? Buffer.alloc(0))
    for (const said of ['客户价值评价报告', '华星精密', '860,000.00', '模具设计', '78.8'])
      expect(report).toContain(said)
    expect(files[3]?.bytes.toString()).toMatch(/^%PDF-1.7 page/)
    expect(printer.pages.join()).toContain('综合（平均）')
    expect(shown()).toMatchObject({ valueReportDone: true, documents: expect.stringContaining('第1版') })
    // HubSpot shows it on the customer as well
    if (crm !== 'twenty') expect(names('company', company)).toHaveLength(4)
  })

  it('DEV-A08: asked for again it is not there twice; with another score it is version 2 beside version 1', async () => {
    await bank.crm.update('development', development, { documentsWanted: ['VALUE_REPORT'] })
    await bank.quiet()
    expect(names()).toHaveLength(4)
    await bank.crm.update('development', development, { scoreFinance: 90, documentsWanted: ['VALUE_REPORT'] })
    await bank.quiet()
    expect(names().filter((name) => name.includes('_v2'))).toHaveLength(4)
    expect(names()).toHaveLength(8)
  })

  it('DEV-CTRL: the control table names each item’s one owner by name; lost answers to upload and attaching double nothing', async () => {
    const [user = ''] = bank.crm.users()
    const before = names().length
    const item = {
      title: '上报授信',
      ladderKind: 'CONTROL',
      ladderDevelopment: development,
      ladderCompany: company,
      ladderItemNo: 1,
    }
    await bank.crm.create('task', {
      ...item,
      assigneeId: user,
      dueAt: '2026-10-01T01:00:00.000Z',
      ladderCriteria: '一次受理',
      status: 'TODO',
    })
    await bank.quiet()
    bank.loseAnswer('upload')
    bank.loseAnswer('attach')
    await bank.crm.update('development', development, { documentsWanted: ['CONTROL_TABLE'] })
    await bank.advance(bank.now() + 30 * MINUTE)
    expect(names().length - before).toBe(4)
    const table = bank.attachedTo('development', development).find(({ name }) => /^项目控制表.*docx$/.test(name))
    const said = textOf(table?.bytes ?? Buffer.alloc(0))
    for (const part of ['上报授信', '一次受理', '2026年10月1日']) expect(said).toContain(part)
    expect(user).not.toBe('')
    expect(said).not.toContain(user)
    expect(await dead()).toEqual([])
  })

  it('DEV-A09: a printer that fails leaves the Word file on the record and a dead letter with its reason; replayed, the PDF follows', async () => {
    printer.broken = true
    const plan = { planProducts: '贴现', planRisks: '集中度', planLaunch: '六周', revenueEstimate: 100 }
    await bank.crm.update('development', development, { ...plan, documentsWanted: ['INTERNAL_PLAN'] })
    await bank.advance(bank.now() + 10 * MINUTE)
    const plans = (): string[] => names().filter((name) => /plan|方案/.test(name))
    expect(plans()).toEqual(['Internal-plan_华星精密_v1.docx', '营销方案_华星精密_v1.docx'])
    expect(await dead()).toMatchObject([{ object: 'document', reason: 'not printed: the printer answers 500' }])
    printer.broken = false
    await bank.admin.call('POST', `/accounts/${ACCOUNT}/replay`, {})
    await bank.quiet()
    expect(plans()).toHaveLength(4)
    expect(await dead()).toEqual([])
  })

  it('DEV-A09: killed while a document is on its way, it is there once afterwards', async () => {
    const proposal = {
      proposalJudgement: '好',
      proposalAdvantages: '全',
      proposalContent: '授信',
      proposalProspects: '长',
    }
    const before = names().length
    bank.loseAnswer('attach')
    await bank.crm.update('development', development, { ...proposal, documentsWanted: ['PROPOSAL'] })
    await bank.deliver()
    await bank.restartLadder('SIGKILL')
    await bank.advance(bank.now() + 30 * MINUTE)
    expect(names().length - before).toBe(4)
    expect(new Set(names()).size).toBe(names().length)
  })

  it('DEV-A08: the admin API gives a document of the record as it stands, in each form and language', async () => {
    const ask = (query: string): Promise<Response> =>
      fetch(`${bank.ladder.url}/api/v1/accounts/${ACCOUNT}/document?record=development:${development}&${query}`, {
        headers: { authorization: `Bearer ${bank.ladder.keys.adminToken}` },
      })
    const word = await ask('kind=value-report&lang=en&format=docx')
    expect(word.headers.get('content-disposition')).toContain(
      encodeURIComponent('Customer-value-report_华星精密_v2.docx'),
    )
    expect(textOf(Buffer.from(await word.arrayBuffer()))).toContain('Customer value report')
    expect(await (await ask('kind=value-report&format=pdf')).text()).toMatch(/^%PDF-/)
    const page = await ask('kind=control-table&format=html')
    expect([page.headers.get('content-security-policy'), await page.text()]).toEqual([
      expect.stringContaining('sandbox'),
      expect.stringContaining('上报授信'),
    ])
    expect((await ask('kind=nothing')).status).toBe(404)
    expect((await ask('kind=value-report&lang=fr')).status).toBe(400)
    const stranger = await fetch(`${bank.ladder.url}/api/v1/accounts/${ACCOUNT}/document?record=x&kind=value-report`)
    expect(stranger.status).toBe(401)
  })

  it('DEV-A08: ladder document writes a file of the customer’s newest development; what can’t be is said with exit code 1', async () => {
    const file = join(folder, `${crm}.docx`)
    const env = { ...process.env, LADDER_ADMIN_TOKEN: bank.ladder.keys.adminToken }
    const run = (...more: string[]) =>
      new Promise<{ status: unknown; stdout: string; stderr: string }>((done) => {
        const words = [ladder, 'document', `company:${company}`, '--ladder-url', bank.ladder.url, ...more]
        execFile(process.execPath, words, { env }, (error, stdout, stderr) =>
          done({ status: error?.code ?? 0, stdout, stderr }),
        )
      })
    const made = await run('--kind', 'value-report', '--lang', 'zh', '--out', file, '--json')
    expect([made.status, JSON.parse(made.stdout)]).toEqual([0, { file, bytes: expect.any(Number) }])
    expect(textOf(readFileSync(file))).toContain('客户价值评价报告')
    const wrong = await run('--kind', 'nothing', '--out', file)
    expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining('there is no layout NOTHING')])
  })

  it('ESC-WEEK: the weekly task of the RM and that of the president come with their list as a document', async () => {
    const [rm = ''] = bank.crm.users()
    await bank.crm.update('company', company, { accountOwnerId: rm })
    for (const [id, amount] of [
      ['w1', '90000000.00'],
      ['w2', '1000000.00'],
    ] as const) {
      await bank.facts([{ id, type: 'balance.changed', customer: 'C-1', at: bank.now(), data: { amount } }])
      await bank.advance(bank.now() + 60 * MINUTE)
    }
    await bank.advance(Date.parse('2026-09-14T00:35:00Z'))
    const tasks = bank.crm.list('task', { ladderKind: 'WEEK' })
    expect(tasks.map(({ ladderRole }) => ladderRole).sort()).toEqual(['RM', 'SUB_BRANCH_PRESIDENT'])
    for (const { id } of tasks) {
      const files = bank.attachedTo('task', id)
      expect(files.map(({ name }) => name.replace(/_.*_/, '_…_'))).toEqual([
        'Weekly-pack_…_2026-09-14.docx',
        'Weekly-pack_…_2026-09-14.pdf',
        '每周营销碰头会材料_…_2026-09-14.docx',
        '每周营销碰头会材料_…_2026-09-14.pdf',
      ])
      const said = textOf(files[2]?.bytes ?? Buffer.alloc(0))
      for (const part of ['华星精密', '2026年9月14日', '营销碰头会清单']) expect(said).toContain(part)
    }
  })

  it('DEV-A08: the documents of a customer who is erased go with it, also when it is killed in between', async () => {
    const gone = await bank.crm.create('company', { name: '长青实业', ladderCustomerNo: 'C-9' })
    const its = { name: '长青开发', company: gone, pipeline: 'DEV_A', stage: 'DEV_A01', ...REPORT }
    const id = await bank.crm.create('development', { ...its, documentsWanted: ['VALUE_REPORT'] })
    await bank.quiet()
    const others = names()
    expect(names('development', id)).toHaveLength(4)
    const asked = await bank.admin.call('POST', `/accounts/${ACCOUNT}/erase`, { record: `company:${gone}` })
    expect(asked.ok ? '' : JSON.stringify(asked)).toBe('')
    await bank.restartLadder('SIGKILL')
    await bank.advance(bank.now() + 2 * MINUTE)
    expect(names('development', id)).toEqual([])
    expect(bank.dropped()).toBe(4)
    expect(names()).toEqual(others)
    expect(await bank.status()).toMatchObject({ outbox: 0, deadLetters: 0 })
  })

  it('DEV-A08: a token that may not handle files makes a dead letter that says so; all else goes on', async () => {
    bank.forbidFiles()
    await bank.crm.update('development', development, { scoreFinance: 60, documentsWanted: ['VALUE_REPORT'] })
    await bank.advance(bank.now() + 10 * MINUTE)
    expect(await dead()).toMatchObject([{ object: 'document', reason: expect.stringMatching(/^files: /) }])
    const data = { amount: '12000000.00' }
    await bank.facts([{ id: 'f1', type: 'balance.changed', customer: 'C-1', at: bank.now(), data }])
    await bank.quiet()
    expect(bank.crm.list('company', { id: company })[0]).toMatchObject({ ladderTier: 'HIGH_END' })
  })
})

it('DEV-A08: without a printer there are Word files alone, and the note says so', async () => {
  const bank = await documentsBank({ start: START, crm: 'hubspot', worker })
  try {
    const company = await bank.crm.create('company', { name: '明远' })
    const development = { name: '明远开发', company, pipeline: 'DEV_A', stage: 'DEV_A01', ...REPORT }
    const id = await bank.crm.create('development', { ...development, documentsWanted: ['VALUE_REPORT'] })
    await bank.quiet()
    expect(bank.attachedTo('development', id).map(({ name }) => name.slice(-5))).toEqual(['.docx', '.docx'])
    expect(bank.notes()).toEqual([expect.stringContaining('no printer is set up')])
  } finally {
    await bank.close()
  }
})
