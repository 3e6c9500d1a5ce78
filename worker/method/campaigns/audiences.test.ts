import { describe, expect, it } from 'vitest'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { Lab } from '../stages/kit.ts'
import { compiled } from '../tiers/kit.ts'
import { asks, audiences, openedOf, person, rowsOf, salon } from './kit.ts'

const company = (id: string, yuan: number, fields = {}): Lab => {
  const lab = Lab.of(`company:${id}`)
  lab.known(fields)
  lab.balance(yuan)
  return lab
}

describe('who is asked', () => {
  it('CAMP-PRO: channel companies are asked before all others, in working order among themselves', () => {
    const wish = asks(salon('CAMP-PRO', { size: 3 })).at(-1)
    const customers = [
      company('c1', 50_000_000),
      company('c2', 100_000, { ladderChannelPartner: true }),
      company('c3', 8_000_000, { ladderChannelPartner: true }),
      company('c4', 100_000),
    ]
    expect(rowsOf(wish, ...customers).map(({ ref }) => ref)).toEqual(['company:c3', 'company:c2', 'company:c1'])
  })

  it('CAMP-SEM, CAMP-PRO: a template’s day makes a campaign with its work, and takes companies and people as it says', () => {
    for (const code of ['CAMP-SEM', 'CAMP-PRO']) {
      const lab = salon(code)
      expect(lab.openTasks().length).toBeGreaterThan(3)
      const rows = rowsOf(asks(lab).at(-1), company('c1', 50_000_000), person(500_000, {}, 'p1'), person(100, {}, 'p2'))
      expect(rows.map(({ ref }) => ref)).toEqual(code === 'CAMP-SEM' ? ['company:c1', 'person:p1'] : ['company:c1'])
    }
  })

  it('CAMP-S5: the bank’s example: owners of farm-product firms with about 1,000,000 are asked, others of that wealth are not', () => {
    const wish = asks(salon('CAMP-S5')).at(-1)
    const farmer = { ladderOccupation: 'OWNER', ladderIndustry: '农产品加工' }
    const names = rowsOf(
      wish,
      person(1_000_000, farmer, 'owner'),
      person(1_000_000, { ...farmer, ladderIndustry: '物流' }, 'other'),
      person(1_000_000, { ladderOccupation: 'OWNER' }, 'unknown'),
      person(9_000_000, farmer, 'rich'),
      person(30_000, {}, 'walkin'),
    ).map(({ ref }) => ref)
    expect(names).toEqual(['person:owner', 'person:walkin'])
  })

  it('CAMP-AUD: every template of the default playbook takes somebody by a rule that can be read', () => {
    expect(compiled(defaultPlaybook).campaigns.size).toBe(defaultPlaybook.campaigns.length)
    for (const [code, fits, passes] of audiences) {
      const wish = asks(salon(code)).at(-1)
      expect(rowsOf(wish, person(fits)).length).toBe(1)
      expect(rowsOf(wish, person(passes)).length).toBe(0)
    }
  })
})

describe('finance news', () => {
  it('CAMP-EVT: it goes out at once: checked in half an hour, sent in one, over after four', () => {
    const lab = salon('CAMP-EVT-FIN', { imageChecked: true })
    const due = (key: string) => lab.written('task', `campaign:k1/task/${key}`)['dueAt']
    const at = (local: string) => new Date(lab.instant(local)).toISOString()
    expect([due('day-1'), due('day-2')]).toEqual([at('2026-03-02 10:30'), at('2026-03-02 11:00')])
    expect(openedOf('CAMP-EVT-FIN', { imageChecked: true }).until).toBe(at('2026-03-02 15:30'))
  })
})

describe('staff bring customers', () => {
  it('CAMP-REF, DEV-SRC: whom staff recommend is a lead with its source and a first call within two working days, once', () => {
    for (const ref of ['person:p1', 'company:c1']) {
      const lab = Lab.of(ref)
      const [object = '', id = ''] = ref.split(':')
      lab.save(object, id, { name: '林静', ladderSource: 'STAFF' }, { createdAt: '2024-01-01T00:00:00.000Z' })
      const calls = () => lab.upserts('task').filter(({ fields }) => fields['ladderKind'] === 'CALL')
      expect(calls()).toMatchObject([
        { key: `${ref}/referral`, fields: { title: '首次联系：林静（员工推荐）', dueAt: '2026-03-04T09:30:00.000Z' } },
      ])
      lab.now += 60_000
      lab.save(object, id, { name: '林静静' })
      expect(calls()).toHaveLength(1)
    }
  })

  it('CAMP-REF: found in another way nobody is called for it', () => {
    const lab = Lab.of('company:c1')
    lab.known({ ladderSource: 'COLD' })
    expect(lab.open('company:c1/referral')).toEqual([])
  })
})
