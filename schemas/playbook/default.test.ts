import { describe, expect, it } from 'vitest'
import { devChecklist } from '../model/development-checklist.ts'
import { devStages, pipelineOptions } from '../model/development-stages.ts'
import { fieldDef } from '../model/index.ts'
import { defaultPlaybook } from './default/index.ts'
import { fromKept, playbookSchema } from './index.ts'

const { pipelines } = defaultPlaybook
const stages = pipelines.flatMap((pipeline) => pipeline.stages)

describe('the default playbook', () => {
  it('is a playbook by its own schema, unchanged by parsing', () => {
    expect(playbookSchema.parse(defaultPlaybook)).toEqual(defaultPlaybook)
  })

  it('DEV-A01 … DEV-A12, DEV-B … DEV-H: pipelines and stages are those of the model, in order', () => {
    expect(pipelines.map(({ code, name }) => ({ code, name }))).toEqual(
      pipelineOptions.map(({ code, label }) => ({ code, name: label })),
    )
    expect(pipelines.map((one) => one.stages.length)).toEqual([12, 6, 4, 5, 5, 5, 5, 5])
    expect(stages.map(({ code }) => code)).toEqual(devStages.map(({ code }) => code))
    expect(stages.map(({ id }) => id)).toEqual(devStages.map(({ code }) => code.replace('_', '-')))
    expect(stages.map(({ name }) => name)).toEqual(devStages.map(({ label }) => label))
  })

  it('DEV-A … DEV-H: those that a bank needs at once are switched on, the others wait', () => {
    expect(pipelines.filter(({ active }) => active !== false).map(({ id }) => id)).toEqual(['DEV-A', 'DEV-B', 'DEV-C'])
  })

  it('every checklist item of the model stands in exactly one stage', () => {
    const items = stages.flatMap(({ checklist }) => checklist.map(({ code }) => code))
    expect(items).toEqual(devChecklist.map(({ code }) => code))
  })

  it('every stage but the last asks for something before it may be left, and says how to work', () => {
    for (const one of pipelines)
      for (const stage of one.stages) {
        if (stage !== one.stages.at(-1)) expect(stage.exit.some(({ level }) => level === 'enforce')).toBe(true)
        expect(stage.guidance).not.toEqual(stage.name)
        expect(stage.checklist.length).toBeGreaterThan(0)
      }
  })

  it('every field that a stage shows is a field of a development', () => {
    const unknown = stages.flatMap(({ fields }) => fields.filter((name) => !fieldDef('development', name)))
    expect(unknown).toEqual([])
  })

  it('a figure that the bank does not give says that it is a default', () => {
    const limited = stages.filter(({ allowanceDays }) => allowanceDays !== null)
    expect(limited.every(({ isDefault }) => isDefault)).toBe(true)
    expect(defaultPlaybook.escalations.every(({ isDefault }) => isDefault)).toBe(true)
    expect(defaultPlaybook.cadence.isDefault && defaultPlaybook.movement.isDefault).toBe(true)
    expect(defaultPlaybook.calendar.isDefault).toBe(true)
  })

  it('CAMP-S1 … CAMP-S5: every salon has work before, on and after the day, and follow-up for each outcome', () => {
    const salons = defaultPlaybook.campaigns.slice(0, 5)
    expect(salons.map(({ code }) => code)).toEqual([1, 2, 3, 4, 5].map((n) => `CAMP-S${n}`))
    for (const { timeline, followUp } of salons) {
      for (const sign of [-1, 0, 1]) expect(timeline.some(({ day }) => Math.sign(day) === sign)).toBe(true)
      expect(timeline.some(({ per }) => per === 'guest')).toBe(true)
      expect(new Set(followUp.map(({ when }) => when))).toEqual(new Set(['CAME', 'ABSENT', 'BROUGHT_FRIEND']))
    }
  })

  it('CAMP-INT, CAMP-HOL, CAMP-EVT, CAMP-MIC, CAMP-SEM, CAMP-PRO, CAMP-MEET, CAMP-REF, CAMP-PHASE: templates are there', () => {
    const codes = defaultPlaybook.campaigns.map(({ code }) => code)
    for (const kind of ['INT', 'HOL', 'EVT', 'MIC', 'SEM', 'PRO', 'MEET', 'REF', 'PHASE'])
      expect(codes).toContain(`CAMP-${kind}`)
  })

  it('CAMP-EXP: each kind of experience day is a template with guests and follow-up', () => {
    const kinds = defaultPlaybook.campaigns.filter(({ code }) => code.startsWith('CAMP-EXP-'))
    const wanted = ['DRIVE', 'TASTING', 'GOLF', 'YOUNG', 'CHILDREN', 'TRAVEL', 'CHECKUP', 'TRAINING']
    expect(kinds.map(({ code }) => code.slice(9))).toEqual(wanted)
    for (const { timeline, followUp } of kinds) {
      expect(timeline.some(({ per }) => per === 'guest')).toBe(true)
      expect(followUp).toHaveLength(3)
    }
  })

  it('ESC-LADDER: the last policy takes all', () => {
    expect(defaultPlaybook.escalations.at(-1)).toMatchObject({ causes: '-', tiers: '-' })
  })
})

describe('a playbook that was kept', () => {
  it('TIER-CONTACT, TIER-CORP: schemes from before several could rate one customer lead, as they did', () => {
    const old = defaultPlaybook.schemes.map(({ id, subject, table, tiers, rerateMonths, approval }) => ({
      ...{ id, subject, table, tiers, rerateMonths, approval },
    }))
    const { schemes } = fromKept({ ...defaultPlaybook, schemes: old })
    expect(schemes[0]).toMatchObject({ id: 'TIER-CONTACT', leading: true, field: 'ladderTier', history: true })
    expect(playbookSchema.parse({ ...defaultPlaybook, schemes: old }).schemes).toEqual(schemes)
  })
})
