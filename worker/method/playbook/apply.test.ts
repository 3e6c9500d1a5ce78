import { describe, expect, it } from 'vitest'
import type { Fields, RecordSnapshot } from '../../../schemas/events/index.ts'
import { methodKey } from '../../../schemas/events/keys.ts'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { applyRecords } from './apply.ts'
import { compilePlaybook } from './compile.ts'
import { recordsOf } from './records.ts'

const at = '2026-11-20T01:00:00.000Z'
const seeds = (): RecordSnapshot[] =>
  recordsOf(defaultPlaybook).map(({ object, key, fields }, index) => ({
    object,
    id: `r${index}`,
    at,
    createdAt: at,
    deleted: false,
    fields: { ...fields, ladderKey: key, state: 'ACTIVE' },
  }))

/** The seeds with some records changed by key. */
const edited = (changes: Record<string, Fields>): RecordSnapshot[] =>
  seeds().map((record) => ({ ...record, fields: { ...record.fields, ...changes[String(record.fields['ladderKey'])] } }))

const mid = methodKey('rule', 'TIER_CONTACT', 'TIER_CONTACT-2')
const high = methodKey('rule', 'TIER_CONTACT', 'TIER_CONTACT-1')
const rulesOf = (code: string, { playbook }: ReturnType<typeof applyRecords>) =>
  playbook.tables.find((table) => table.code === code)?.table.rules ?? []

describe('recordsOf', () => {
  it('every row, policy and template is a record with its own key', () => {
    const records = recordsOf(defaultPlaybook)
    expect(new Set(records.map(({ key }) => key)).size).toBe(records.length)
    expect(records.filter(({ object }) => object === 'tierRule')).toHaveLength(3 + 4 + 6 + 11 + 3 + 6 + 4 + 4 + 3 + 4)
    expect(records.find(({ key }) => key === high)?.fields).toMatchObject({
      table: 'TIER_CONTACT',
      rowNo: 1,
      amountCell: '> 100000',
      tier: 'HIGH',
      contactsPerYear: 4,
      leads: 'RM',
    })
  })

  it('ESC-MOVE: yuan of a cell are fen in a money field', () => {
    const gold = recordsOf(defaultPlaybook).find(({ key }) => key.endsWith('ESC_MOVE-1'))
    expect(gold?.fields).toMatchObject({ tierCell: '"GOLD"', minFall: 1_000_000_000, minFallPercent: 10 })
  })

  it('ESC-LADDER: levels read as a role and working hours or days', () => {
    const move = recordsOf(defaultPlaybook).find(({ key }) => key === methodKey('policy', 'ESC-MOVE'))
    expect(move?.fields['levels']).toBe('RM 4h\nVICE_PRESIDENT 1d')
  })
})

describe('applyRecords', () => {
  it('what was written reads back as it was', () => {
    expect(applyRecords(defaultPlaybook, seeds())).toEqual({ playbook: defaultPlaybook, errors: [] })
  })

  it('what was written reads back as it was, in whatever order the CRM lists it', () => {
    const { playbook, errors } = applyRecords(defaultPlaybook, seeds().reverse())
    expect(errors).toEqual([])
    expect(JSON.stringify(playbook)).toBe(JSON.stringify(defaultPlaybook))
  })

  it('without records everything stays', () => {
    expect(applyRecords(defaultPlaybook, [])).toEqual({ playbook: defaultPlaybook, errors: [] })
  })

  it('TIER-CONTACT: an edited row is in force, sorted by its number', () => {
    const applied = applyRecords(defaultPlaybook, edited({ [mid]: { contactsPerYear: 3, rowNo: 9 } }))
    expect(applied.errors).toEqual([])
    expect(rulesOf('TIER_CONTACT', applied).map(({ id, then }) => [id, then[1]])).toEqual([
      ['TIER_CONTACT-1', '4'],
      ['TIER_CONTACT-3', '1'],
      ['TIER_CONTACT-2', '3'],
    ])
    expect(compilePlaybook(applied.playbook, 2).ok).toBe(true)
  })

  it('full-width signs of a Chinese keyboard are read', () => {
    const applied = applyRecords(defaultPlaybook, edited({ [high]: { amountCell: '＞ １０００００' } }))
    expect(applied.errors).toEqual([])
    expect(rulesOf('TIER_CONTACT', applied)[0]?.when).toEqual(['> 100000'])
  })

  it('a cell that cannot be read gets its error, and the row stays as it was', () => {
    const applied = applyRecords(defaultPlaybook, edited({ [mid]: { amountCell: '[50000..' } }))
    expect(applied.errors).toEqual([{ recordId: 'r1', object: 'tierRule', message: expect.stringMatching(/[一-龥]/) }])
    expect(applied.playbook).toEqual(defaultPlaybook)
  })

  it('errors are in the language of the playbook', () => {
    const english = { ...defaultPlaybook, language: 'en' as const }
    const records = edited({ [mid]: { leads: 'BOSS' } }).filter(({ object }) => object === 'tierRule')
    expect(applyRecords(english, records).errors[0]?.message).toContain('no such role: BOSS')
  })

  it('a gap or an overlap puts the error on the row that was changed, and the whole table stays', () => {
    for (const amountCell of ['[50000..90000]', '[40000..100000]']) {
      const applied = applyRecords(defaultPlaybook, edited({ [mid]: { amountCell } }))
      expect(applied.errors.map(({ recordId }) => recordId)).toEqual(['r1'])
      expect(applied.playbook.tables).toEqual(defaultPlaybook.tables)
    }
  })

  it('one bad table leaves edits of the others in force', () => {
    const applied = applyRecords(
      defaultPlaybook,
      edited({ [mid]: { amountCell: 'x' }, [methodKey('rule', 'ESC_MOVE', 'ESC_MOVE-1')]: { minFallPercent: 12.5 } }),
    )
    expect(applied.errors).toHaveLength(1)
    expect(rulesOf('ESC_MOVE', applied)[0]?.then).toEqual(['10000000', '12.5'])
  })

  it('a row that a person added counts, one that is off does not', () => {
    const row = (id: string, amountCell: string): RecordSnapshot => ({
      object: 'tierRule',
      id,
      at,
      createdAt: at,
      deleted: false,
      fields: { table: 'TIER_CONTACT', rowNo: 2, amountCell, tier: 'MID', contactsPerYear: 2, leads: 'RM' },
    })
    const applied = applyRecords(defaultPlaybook, [
      ...edited({ [mid]: { state: 'OFF' } }),
      row('new1', '[50000..80000]'),
      row('new2', '(80000..100000]'),
    ])
    expect(applied.errors).toEqual([])
    expect(rulesOf('TIER_CONTACT', applied).map(({ id }) => id)).toEqual([
      'TIER_CONTACT-1',
      'rule-new1',
      'rule-new2',
      'TIER_CONTACT-3',
    ])
  })

  it('ESC-LADDER: levels may name roles in Chinese and times in working days', () => {
    const key = methodKey('policy', 'ESC-STALL')
    const applied = applyRecords(defaultPlaybook, edited({ [key]: { levels: '客户经理 4小时\n支行行长：2工作日' } }))
    expect(applied.errors).toEqual([])
    expect(applied.playbook.escalations.find(({ id }) => id === 'ESC-STALL')?.levels).toEqual([
      { role: 'RM', allowanceMinutes: 240 },
      { role: 'SUB_BRANCH_PRESIDENT', allowanceMinutes: 840 },
    ])
  })

  it('ESC-LADDER: an unknown role, cause or missing time is told, and the policy stays', () => {
    const changes: Fields[] = [
      { levels: 'CHEF 4h' },
      { levels: 'RM' },
      { causeCell: '"ESC-MOVES"' },
      { tierCell: 'GOLD' },
    ]
    for (const change of changes) {
      const applied = applyRecords(defaultPlaybook, edited({ [methodKey('policy', 'ESC-MOVE')]: change }))
      expect(applied.errors).toHaveLength(1)
      expect(applied.playbook.escalations).toEqual(defaultPlaybook.escalations)
    }
  })

  it('ESC-LADDER: switching the last catch-all off is refused when something would go unheard', () => {
    const off = { state: 'OFF' }
    const applied = applyRecords(
      defaultPlaybook,
      edited({ [methodKey('policy', 'ESC-STALL')]: off, [methodKey('policy', 'ESC-LADDER')]: off }),
    )
    expect(applied.errors[0]?.message).toContain('ESC-STALL')
    expect(applied.playbook.escalations).toEqual(defaultPlaybook.escalations)
  })

  it('CAMP-S1: an edited audience and timeline are in force; unchanged titles keep their other language', () => {
    const key = methodKey('template', 'CAMP-S1')
    const timeline: Fields[] = [
      { day: -3, role: '客户经理', title: '邀请客户，并询问愿意带哪位朋友', per: 'guest' },
      { day: 0, role: 'RM', title: '新任务' },
    ]
    const applied = applyRecords(defaultPlaybook, edited({ [key]: { audience: 'tier = "HIGH"', timeline } }))
    expect(applied.errors).toEqual([])
    const [salon] = applied.playbook.campaigns
    expect(salon?.audience).toBe('tier = "HIGH"')
    expect(salon?.timeline[0]).toMatchObject({
      per: 'guest',
      role: 'RM',
      title: { en: expect.stringContaining('Invite') },
    })
    expect(salon?.timeline[1]?.title).toEqual({ en: '新任务', zh: '新任务' })
  })

  it('CAMP-S1: an audience that reads what is not there is told, and the template stays', () => {
    const key = methodKey('template', 'CAMP-S1')
    const changes: Fields[] = [
      { audience: 'teir = "HIGH"' },
      { timeline: [{ day: 'soon', role: 'RM', title: 'x' }] },
      { size: 0 },
    ]
    for (const change of changes) {
      const applied = applyRecords(defaultPlaybook, edited({ [key]: change }))
      expect(applied.errors).toHaveLength(1)
      expect(applied.playbook.campaigns).toEqual(defaultPlaybook.campaigns)
    }
  })
})

describe('cells of columns without a field of their own', () => {
  const vip = methodKey('rule', 'TIER_VALUE', 'TIER_VALUE-3')

  it('TIER-VALUE: stand one a line, and may be edited there by name or label, with other columns', () => {
    expect(recordsOf(defaultPlaybook).find(({ key }) => key === vip)?.fields['conditions']).toBe(
      'avgBalance: >= 1000000',
    )
    const conditions = '日均余额： ≥ 2000000\nincome: >= 100000\n'
    const applied = applyRecords(defaultPlaybook, edited({ [vip]: { conditions } }))
    expect(applied.errors).toEqual([])
    expect(rulesOf('TIER_VALUE', applied)[2]?.when).toEqual([
      '-',
      '-',
      '>= 2000000',
      '-',
      '-',
      '-',
      '>= 100000',
      '-',
      '-',
    ])
  })

  it.each([
    ['wealth: > 5', 'wealth'],
    ['avgBalance > 5', 'avgBalance > 5'],
    ['income: > 5\nincome: > 6', 'income'],
    ['income: [5..', ''],
  ])('TIER-VALUE: %j gets its error, and the row stays as it was', (conditions, named) => {
    const applied = applyRecords(defaultPlaybook, edited({ [vip]: { conditions } }))
    expect(applied.errors).toMatchObject([{ object: 'tierRule', message: expect.stringContaining(named) }])
    expect(applied.playbook).toEqual(defaultPlaybook)
  })
})
