import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { world, type World } from './harness.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const HOUR = 3_600_000
const DAY = 24 * HOUR

describe.each([1, 8])('main path, %i shard(s)', (shards) => {
  let bank: World
  let company: string
  beforeAll(async () => {
    bank = await world({ start: START, shards })
    const made = await bank.rest<{ data: { createCompany: { id: string } } }>('POST', 'companies', {
      name: 'Acme Farm Produce',
      ladderCustomerNo: 'C-1',
    })
    company = made.data.createCompany.id
    await bank.quiet()
  })
  afterAll(async () => bank.close())

  it('TIER-CORP: a balance fact rates the company and leaves a rating', async () => {
    const answer = await bank.facts([
      {
        id: 'f1',
        type: 'balance.changed',
        customer: 'C-1',
        at: bank.now(),
        data: { amount: '12000000.00', currency: 'CNY' },
      },
    ])
    expect(answer.status).toBe(202)
    await bank.quiet()
    const [row] = await bank.list('companies', `id[eq]:"${company}"`)
    expect(row).toMatchObject({ ladderTier: 'HIGH_END', ladderBalance: { amountMicros: 12_000_000_000_000 } })
    const ratings = await bank.list('tierRatings')
    expect(ratings).toHaveLength(1)
    expect(ratings[0]).toMatchObject({ newTier: 'HIGH_END', approval: 'AUTOMATIC', companyId: company })
  })

  it('ESC-MOVE: a large fall raises one escalation with a task, and the same fact again raises none', async () => {
    const fall = {
      id: 'f2',
      type: 'balance.changed',
      customer: 'C-1',
      at: bank.now() + HOUR,
      data: { amount: '1000000.00', currency: 'CNY' },
    }
    await bank.advance(bank.now() + HOUR)
    await bank.facts([fall])
    await bank.quiet()
    await bank.facts([fall])
    await bank.quiet()
    const escalations = await bank.list('escalations')
    expect(escalations).toHaveLength(1)
    expect(escalations[0]).toMatchObject({ cause: 'ESC_MOVE', status: 'OPEN', level: 1, companyId: company })
    const tasks = (await bank.list('tasks')).filter((task) => task.ladderKind === 'ESCALATION')
    expect(tasks).toHaveLength(1)
    expect(tasks[0]).toMatchObject({ status: 'TODO', ladderCompanyId: company })
    const targets = (await bank.list('taskTargets')).filter((target) => target.taskId === tasks[0]?.id)
    expect(targets).toHaveLength(1)
    expect(targets[0]).toMatchObject({ targetCompanyId: company })
  })

  it('ESC-LADDER: silence climbs one level, acknowledging stops the clock', async () => {
    await bank.advance(bank.now() + 2 * DAY)
    const [climbed] = await bank.list('escalations')
    expect(Number(climbed?.level)).toBeGreaterThan(1)
    await bank.rest('PATCH', `escalations/${climbed?.id}`, { status: 'ACKNOWLEDGED' })
    await bank.quiet()
    const level = (await bank.list('escalations'))[0]?.level
    await bank.advance(bank.now() + 10 * DAY)
    expect((await bank.list('escalations'))[0]).toMatchObject({ status: 'ACKNOWLEDGED', level, climbsAt: null })
  })

  it('DEV-A01: a stage edit without what the stage asks is put back, with the reason; with it, the stage moves', async () => {
    const made = await bank.rest<{ data: { createDevelopment: { id: string } } }>('POST', 'developments', {
      name: 'Acme',
      companyId: company,
      pipeline: 'DEV_A',
      stage: 'DEV_A01',
    })
    const id = made.data.createDevelopment.id
    await bank.quiet()
    await bank.rest('PATCH', `developments/${id}`, { stage: 'DEV_A02' })
    await bank.quiet()
    let [row] = await bank.list('developments', `id[eq]:"${id}"`)
    expect(row?.stage).toBe('DEV_A01')
    expect(String(row?.stageNotice)).not.toBe('')
    await bank.rest('PATCH', `developments/${id}`, {
      segmentName: 'Farm produce',
      segmentFeatures: 'Seasonal cash, online sales',
      stage: 'DEV_A02',
    })
    await bank.quiet()
    ;[row] = await bank.list('developments', `id[eq]:"${id}"`)
    expect(row?.stage).toBe('DEV_A02')
    expect(row?.stageDue).toMatch(/^2026-/)
  })
})
