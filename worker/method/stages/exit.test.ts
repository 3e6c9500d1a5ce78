import { describe, expect, it } from 'vitest'
import type { Fields } from '../../../schemas/events/index.ts'
import { at, codeOf, file, needs } from './kit.ts'

describe('leaving a stage of DEV-A', () => {
  needs.forEach(([id, fields], index) => {
    it(`${id}: refused without what the stage asks for, allowed with it`, () => {
      const lab = at(index + 1)
      lab.develop({ stage: codeOf(index + 2) })
      expect(lab.development['stage']).toBe(codeOf(index + 1))
      expect(lab.development['stageNotice']).toContain(id)
      lab.develop(fields)
      lab.develop({ stage: codeOf(index + 2) })
      expect(lab.development['stage']).toBe(codeOf(index + 2))
      expect(lab.development['stageNotice']).toBe('')
    })

    if (id !== 'DEV-A03')
      for (const missing of Object.keys(fields))
        it(`${id}: refused when only ${missing} is missing`, () => {
          const lab = at(index + 1, { ...fields, [missing]: null })
          const [put] = lab.develop({ stage: codeOf(index + 2) })
          expect(put).toMatchObject({
            do: 'update',
            object: 'development',
            fields: { stage: codeOf(index + 1) },
            why: { rule: id, text: lab.development['stageNotice'] },
          })
        })
  })

  it('DEV-A03: eleven of thirteen fields are 84 % and enough, ten are 76 % and not', () => {
    const names = Object.keys(file)
    const some = (count: number): Fields => Object.fromEntries(names.slice(0, count).map((name) => [name, '有']))
    const lab = at(3, some(10))
    expect(lab.development['completeness']).toBe(76)
    lab.develop({ stage: 'DEV_A04' })
    expect(lab.development['stage']).toBe('DEV_A03')
    lab.develop({ ...some(11), stage: 'DEV_A04' })
    expect(lab.development).toMatchObject({ stage: 'DEV_A04', completeness: 84 })
  })

  it('DEV-A03: blank text and spaces fill nothing', () => {
    expect(at(3, { ...file, legalName: '  ', contactPhone: '' }).development['completeness']).toBe(84)
  })

  it('DEV-A02: the owner of the customer is its RM', () => {
    const lab = at(2, { listApproved: true })
    lab.known({ accountOwnerId: 'rm9' })
    lab.develop({ stage: 'DEV_A03' })
    expect(lab.development['stage']).toBe('DEV_A03')
  })

  it('DEV-A05: a planned visit record dates the visit, a cancelled one does not', () => {
    const lab = at(5)
    const visit = { company: 'c1', status: 'CANCELLED', plannedAt: '2026-03-20T02:00:00.000Z' }
    lab.save('visit', 'v1', visit)
    lab.develop({ stage: 'DEV_A06' })
    expect(lab.development['stage']).toBe('DEV_A05')
    lab.save('visit', 'v2', { ...visit, status: 'PLANNED' })
    lab.develop({ stage: 'DEV_A06' })
    expect(lab.development['stage']).toBe('DEV_A06')
  })

  it('DEV-A06: a held visit record with next step and date records the visit; one of another development does not', () => {
    const lab = at(6)
    const visit = { status: 'HELD', record: '谈了', nextStep: '调查', nextStepOn: '2026-03-27' }
    lab.save('visit', 'v1', { ...visit, development: 'd2' })
    lab.develop({ stage: 'DEV_A07' })
    expect(lab.development['stage']).toBe('DEV_A06')
    lab.save('visit', 'v2', { ...visit, development: 'd1' })
    lab.develop({ stage: 'DEV_A07' })
    expect(lab.development['stage']).toBe('DEV_A07')
  })

  it('DEV-A12: never closes by itself, has no deadline and no task', () => {
    const lab = at(12)
    expect(lab.development['stageDue'] ?? null).toBe(null)
    expect(lab.open('company:c1/stage')).toEqual([])
    lab.until('2026-12-30 17:30')
    expect(lab.development['stage']).toBe('DEV_A12')
    expect(lab.escalations().filter(({ cause }) => cause === 'ESC_STALL')).toEqual([])
  })
})
