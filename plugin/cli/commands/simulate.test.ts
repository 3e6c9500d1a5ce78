import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { createOutput, WrongUse } from '../output.ts'
import { run } from './simulate.ts'

const folder = mkdtempSync(join(tmpdir(), 'ladder-simulate-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const simulate = async (table: string | undefined, options: Partial<Parameters<typeof run>[1]> = {}) => {
  const [printed, said]: string[][] = [[], []]
  const stream = (into: string[] | undefined) => ({ write: (text: string) => into?.push(text) })
  const output = createOutput({ json: options.json ?? false, stdout: stream(printed), stderr: stream(said) })
  const code = await run(table, { days: '30', customers: '20', seed: '1', ...options }, output)
  return { code, text: printed?.join('') ?? '', said: said?.join('') ?? '' }
}

const MAPPING = file(
  'mapping.yaml',
  `format: ladder-feed/1
source: /feed/test
customerNo: '{NO}'
facts:
  - { type: customer.profile, time: '2026-03-01', data: { customer: company, name: '{NAME}' } }
  - { type: balance.changed, time: '2026-03-02T10:00:00', amount: '{BEFORE}' }
  - { type: balance.changed, time: '2026-03-11T10:00:00', amount: '{AFTER}' }
`,
)
const TABLE = file(
  'customers.csv',
  'NO,NAME,BEFORE,AFTER\nC1,Harbour Foods,20000000,8000000\nC2,Northgate,900000,900000\nC3,Summit,none,1\n',
)

describe('ladder simulate', () => {
  it('prints totals for people, or one JSON object, the same for the same seed', async () => {
    const { code, text } = await simulate(undefined)
    expect(code).toBe(0)
    expect(text).toContain('All of it held.')
    const [first, second] = [await simulate(undefined, { json: true }), await simulate(undefined, { json: true })]
    expect(second.text).toBe(first.text)
    expect(JSON.parse(first.text)).toMatchObject({ ok: true, days: 30, invariants: { broken: 0 } })
  })

  it('ESC-MOVE: plays the facts of a table by its mapping, from the day of the first', async () => {
    const { code, text, said } = await simulate(TABLE, { mapping: MAPPING, json: true, onlyGiven: true })
    expect(code).toBe(0)
    expect(JSON.parse(text)).toMatchObject({
      from: '2026-03-01',
      totals: {
        customers: 3,
        facts: 8,
        escalations: { ESC_MOVE: { raised: 1 } },
        moves: { 'TIER-CORP': { 'HIGH_END → MID': 1 } },
      },
    })
    expect(said).toContain('row 3')
  })

  it('takes a playbook of the bank’s own', async () => {
    const broken = file('broken.json', '{}')
    await expect(simulate(undefined, { playbook: broken })).rejects.toThrow('ladder playbook check')
    const usual = await simulate(undefined, { customers: '100', json: true })
    const own = file('own.json', JSON.stringify({ ...defaultPlaybook, cadence: { leadDays: 1 } }))
    expect((await simulate(undefined, { customers: '100', playbook: own, json: true })).text).not.toBe(usual.text)
  })

  it('wrong use is told', async () => {
    for (const [table, options] of [
      [undefined, { days: '0' }],
      [undefined, { from: 'soon' }],
      [undefined, { mapping: MAPPING }],
      [undefined, { onlyGiven: true }],
      [undefined, { playbook: join(folder, 'none.json') }],
      [TABLE, {}],
      [join(folder, 'none.csv'), { mapping: MAPPING }],
      [TABLE, { mapping: TABLE }],
      [file('empty.csv', 'NO,NAME,BEFORE,AFTER\n'), { mapping: MAPPING }],
    ] as const)
      await expect(simulate(table, options)).rejects.toThrow(WrongUse)
  })
})
