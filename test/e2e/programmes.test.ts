import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import { ACCOUNT, type Shown, world, type World } from './harness.ts'

const START = '2026-08-31T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const HOUR = 60 * 60_000
const DAY = 24 * HOUR

const ladder = join(import.meta.dirname, '../../plugin/cli/ladder.mjs')

/** One bank on one clock: what runs over weeks, and what is asked of all its customers. */
describe('clubs, news, posts, programmes and the portfolio, twenty, 2 shards', () => {
  let bank: World
  const folder = mkdtempSync(join(tmpdir(), 'ladder-programmes-'))
  const people: Record<string, string> = {}
  const yuan = { 王一: 1_200_000, 李二: 200_000, 张三: 60_000, 赵四: 20_000, 钱五: 10_000 }

  beforeAll(async () => {
    bank = await world({ start: START, crm: 'twenty', shards: 2, worker: inject('scripts') })
    for (const name of Object.keys(yuan))
      people[name] = await bank.crm.create('person', { name, ladderCustomerNo: `P-${name}` })
    await bank.quiet()
    const facts = Object.entries(yuan).map(([name, amount]) => ({
      ...{ id: `b-${name}`, type: 'balance.changed', customer: `P-${name}`, at: bank.now() },
      data: { amount: `${amount}.00` },
    }))
    expect((await bank.facts(facts)).status).toBe(202)
    await bank.quiet()
    await bank.set({ sweepMinutes: 1440 })
  })
  afterAll(async () => {
    await bank.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const template = (code: string): string => {
    const [found] = bank.crm.list('campaignTemplate', { code })
    if (!found) throw new Error(`no template ${code}`)
    return found.id
  }
  const launch = async (code: string, at: number): Promise<Shown> => {
    await bank.crm.update('campaignTemplate', template(code), { launchOn: new Date(at).toISOString() })
    await bank.quiet()
    const [campaign, ...others] = campaigns(code)
    if (!campaign || others.length > 0) throw new Error(`not one campaign ${code}`)
    return campaign
  }
  const campaigns = (code: string): Shown[] =>
    bank.crm.list('campaign', { templateCode: code }).filter(({ status }) => status !== 'PROPOSED')
  const seats = ({ id }: Shown): Shown[] => bank.crm.list('participation', { campaign: id })
  const work = ({ id }: Shown, more: Partial<Shown> = {}): Shown[] =>
    bank.crm.list('task', { ladderKind: 'CAMPAIGN', ladderCampaign: id, ...more })
  const titles = (tasks: Shown[]): string[] => tasks.map(({ title }) => String(title)).sort()

  it('CAMP-EVT: first the check for the bank’s image; then it goes to guests, until it is no news any more', async () => {
    const event = await launch('CAMP-EVT', bank.now())
    expect([titles(work(event)), seats(event)]).toEqual([[expect.stringContaining('核对是否符合银行形象')], []])
    await bank.crm.update('campaign', event.id, { imageChecked: true })
    await bank.quiet()
    expect(seats(event)).toHaveLength(5)
    expect(titles(work(event, { status: 'TODO' })).filter((one) => one.includes('发布'))).toHaveLength(1)
    // in working hours of one and the same day, or the next
    for (const { dueAt } of work(event)) expect(Date.parse(String(dueAt)) - bank.now()).toBeLessThan(3 * DAY)
    await bank.advance(bank.now() + 4 * DAY)
    expect(titles(work(event, { status: 'TODO' }))).toEqual([expect.stringContaining('统计互动与商机')])
  })

  it('CAMP-EVT: what nobody checks while it is news is cancelled, and nobody is told', async () => {
    const before = campaigns('CAMP-EVT').map(({ id }) => id)
    await bank.crm.update('campaignTemplate', template('CAMP-EVT'), { launchOn: new Date(bank.now()).toISOString() })
    await bank.quiet()
    const [late] = campaigns('CAMP-EVT').filter(({ id }) => !before.includes(id))
    if (!late) throw new Error('no campaign')
    await bank.advance(bank.now() + 5 * DAY)
    expect(bank.crm.list('campaign', { id: late.id })).toMatchObject([{ status: 'CANCELLED' }])
    expect([seats(late), work(late, { status: 'TODO' })]).toEqual([[], []])
  })

  it('CAMP-MIC: posts are tasks at their times of each working day, by segment; nobody is invited', async () => {
    const posts = await launch('CAMP-MIC', bank.now() + 3 * DAY)
    await bank.advance(bank.now() + 6 * DAY)
    const due = work(posts).map(({ dueAt }) =>
      new Date(Date.parse(String(dueAt)) + 8 * HOUR).toISOString().slice(11, 16),
    )
    expect(due).toEqual(expect.arrayContaining(['08:30', '17:30']))
    expect(titles(work(posts)).join()).toContain('农业技术')
    expect(titles(work(posts)).join()).toContain('管理资讯')
    expect(seats(posts)).toEqual([])
  })

  it('CAMP-INT: a club meets again by itself, and its members and their friends are asked first', async () => {
    const first = await launch('CAMP-INT', bank.now() + 2 * DAY)
    const [member] = seats(first)
    if (!member) throw new Error('nobody is asked')
    await bank.crm.update('participation', member.id, { invite: 'CONFIRMED' })
    await bank.advance(bank.now() + 3 * DAY)
    await bank.crm.update('participation', member.id, { attendance: 'CAME', broughtFriend: true, friendName: '周七' })
    await bank.quiet()
    await bank.advance(bank.now() + 2 * DAY)
    const [next, ...others] = campaigns('CAMP-INT').filter(({ id }) => id !== first.id)
    expect([next?.series, next?.meeting, others]).toEqual([first.id, 2, []])
    const asked = next ? seats(next).map(({ name }) => String(name)) : []
    expect(asked).toEqual(expect.arrayContaining([String(member.name), '周七']))
    await bank.sweep({ ids: true })
    expect(campaigns('CAMP-INT')).toHaveLength(2)
  })

  it('CAMP-PHASE: the phase’s leader has a task, customers who are dealt with are counted each working day', async () => {
    const programme = await launch('CAMP-PHASE', bank.now() + DAY)
    expect(work(programme).filter(({ dueAt }) => String(dueAt).startsWith('2026-10-20'))).toMatchObject([
      { ladderRole: 'SUB_BRANCH_PRESIDENT', status: 'TODO' },
    ])
    await bank.advance(bank.now() + 4 * DAY)
    const [shown] = bank.crm.list('campaign', { id: programme.id })
    // 周七 is a lead without a tier yet
    expect(shown?.progress).toBe(83)
    expect(seats(programme)).toEqual([])
  })

  it('CAMP-HOL: a customer’s own memorable day comes as work some days before it, each year', async () => {
    const soon = new Date(bank.now() + 4 * DAY).toISOString().slice(5, 10)
    const day = { name: '生日', kind: 'PERSONAL', person: people['王一'] ?? '', on: `1980-${soon}`, yearly: true }
    await bank.crm.create('occasion', day)
    await bank.quiet()
    const tasks = () => bank.crm.list('task', { ladderKind: 'OCCASION', ladderPerson: people['王一'] ?? '' })
    expect(tasks()).toHaveLength(1)
    await bank.crm.update('task', tasks()[0]?.id ?? '', { status: 'DONE' })
    await bank.quiet()
    expect(tasks()).toHaveLength(1)
  })

  const run = (...words: string[]): Promise<{ status: unknown; body: Record<string, unknown>; stderr: string }> =>
    new Promise((done) => {
      const env = { ...process.env, LADDER_ADMIN_TOKEN: bank.ladder.keys.adminToken }
      const all = [ladder, ...words, '--ladder-url', bank.ladder.url, '--account', ACCOUNT, '--json']
      execFile(process.execPath, all, { env }, (error, stdout, stderr) =>
        done({ status: error?.code ?? 0, body: stdout === '' ? {} : (JSON.parse(stdout) as object as never), stderr }),
      )
    })

  it('TIER-8020: ladder portfolio split tells the real share, by command and by the API', async () => {
    const { status, body } = await run('portfolio', 'split')
    expect([status, body]).toMatchObject([0, { customers: 5, total: 149_000_000, part: 80 }])
    // of 1,490,000 yuan one of five customers brings 80 %
    expect(Number(body.share)).toBeGreaterThan(15)
    expect(Number(body.share)).toBeLessThanOrEqual(20)
    const answer = await bank.admin.call('GET', `/accounts/${ACCOUNT}/split?of=contribution`)
    expect(answer).toMatchObject({ ok: true, body: { customers: 0, share: null } })
  })

  it('TIER-ALLOC: ladder portfolio who names who has products of a kind', async () => {
    const data = { holding: 'H-1', product: 'POS 收单', amount: '1.00', openedOn: '2026-09-29' }
    await bank.facts([{ id: 'h1', type: 'holding.opened', customer: 'P-张三', at: bank.now(), data }])
    await bank.quiet()
    const { status, body } = await run('portfolio', 'who', '--kind', 'POS')
    expect([status, body]).toMatchObject([0, { total: 1, rows: [{ ref: `person:${people['张三']}`, name: '张三' }] }])
    expect((await run('portfolio', 'who', '--kind', 'POS', '--rm', 'nobody')).body).toMatchObject({
      total: 0,
      rows: [],
    })
  })

  it('DEV-H: ladder playbook renew names what a kept playbook lacks, and adds what is wanted as a draft', async () => {
    const lacks = async () => (await run('playbook', 'renew')).body.lacking
    const { pipelines, documents } = defaultPlaybook
    const old = { ...defaultPlaybook, pipelines: pipelines.slice(0, -1), documents: { ...documents, layouts: [] } }
    old.pipelines = old.pipelines.filter(({ code }) => code !== 'DEV_A')
    const file = join(folder, 'old.json')
    writeFileSync(file, JSON.stringify(old))
    expect((await run('playbook', 'publish', file)).status).toBe(0)
    expect(await lacks()).toEqual(expect.arrayContaining(['pipelines.DEV_A', 'pipelines.DEV_H', 'documents.PROPOSAL']))
    expect((await run('playbook', 'renew', '--add', 'nothing')).status).not.toBe(0)
    const { body } = await run('playbook', 'renew', '--all')
    expect((await run('playbook', 'publish', String(body.version))).status).toBe(0)
    expect(await lacks()).toEqual([])
  })

  it('TIER-CONTACT: ladder playbook shadow tells who would move by a changed table, and changes nothing', async () => {
    const tables = structuredClone(defaultPlaybook.tables)
    const contact = tables.find(({ code }) => code === 'TIER_CONTACT')?.table.rules
    for (const rule of contact ?? []) rule.when = rule.when.map((cell) => cell.replaceAll('100000', '1000000'))
    const file = join(folder, 'changed.json')
    writeFileSync(file, JSON.stringify({ ...defaultPlaybook, tables }))
    const before = bank.crm.list('person')
    const { status, body, stderr } = await run('playbook', 'shadow', file)
    expect([status, stderr]).toEqual([0, ''])
    expect(body).toMatchObject({
      ...{ customers: 6, moved: 2, moves: { 'TIER-CONTACT': { 'HIGH → MID': 1 } } },
      movers: [{ name: '李二' }, { name: '李二', scheme: 'TIER-CONTACT' }],
    })
    await bank.quiet()
    expect(bank.crm.list('person')).toEqual(before)
  })
})
