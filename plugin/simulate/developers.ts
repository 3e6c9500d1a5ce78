import type { Fields, Value } from '../../schemas/events/index.ts'
import { fieldDef } from '../../schemas/model/index.ts'
import type { Pipeline, Stage } from '../../schemas/playbook/index.ts'
import { stageFields } from '../demo/history/stage-fields.ts'
import type { Customer } from './customers.ts'
import { type Scene, temperOf } from './scene.ts'

interface Running {
  id: string
  customer: Customer
  pipeline: Pipeline
  /** Index of the stage that people think it is in. */
  stage: number
  nextOn: number
  /** Stages whose visit was made. */
  visited: Set<string>
}

/** Of a thousand companies, and of a thousand individuals, so many developments begin on a working day. */
const BEGUN = { company: 1.5, person: 0.3 }

/** Pipelines by whom they are for: key accounts, other companies, individuals. */
const FOR = { KEY: ['A', 'D', 'G', 'H'], COMPANY: ['C', 'E'], PERSON: ['B', 'F'] }
const KEY_TIERS: Value[] = ['GOLD', 'HIGH_END', 'MID']

/** Developments are begun, filled in, moved on, now and then too early, and some are left lying. */
export class Developers {
  readonly #customers: { kind: Customer['kind']; all: Customer[] }[]
  readonly #times: number
  #running: Running[] = []
  #count = 0

  /** `times`: how much more of them begin than usual. */
  constructor(customers: Customer[], times = 1) {
    this.#customers = (['company', 'person'] as const).map((kind) => ({
      kind,
      all: customers.filter((one) => one.kind === kind && one.from === 0),
    }))
    this.#times = times
  }

  work(scene: Scene): void {
    const { random, day } = scene
    for (const { kind, all } of this.#customers) {
      const mean = (all.length * BEGUN[kind] * this.#times) / 1000
      for (let left = Math.floor(mean) + (random.chance(mean % 1) ? 1 : 0); left > 0; left--)
        this.#begin(scene, random.pick(all))
    }
    this.#running = this.#running.filter((one) => one.nextOn > day || this.#goOn(scene, one))
  }

  #begin(scene: Scene, customer: Customer): void {
    const { shell, random, day } = scene
    // now and then one is begun in a pipeline that the bank has switched off
    const pipeline = random.chance(0.03) ? random.pick(shell.playbook.source.pipelines) : choose(scene, customer)
    const id = `D${++this.#count}`
    const of: Fields = customer.kind === 'company' ? { company: customer.no } : { person: customer.no }
    const name = `${customer.name} 开发`
    shell.edit('development', id, { name, ...of, ...firstOf(pipeline), rm: customer.rm })
    this.#running.push({ id, customer, pipeline, stage: 0, nextOn: day + random.int(1, 5), visited: new Set() })
  }

  /** One step; false when nothing more is done with it. */
  #goOn(scene: Scene, one: Running): boolean {
    const { shell, random, day } = scene
    const record = shell.crm.get('development', one.id)
    if (record && !record.deleted && record.fields['stageSince'] == null) {
      // it wasn't begun, so another pipeline is chosen
      one.pipeline = choose(scene, one.customer)
      one.nextOn = day + 1
      shell.edit('development', one.id, firstOf(one.pipeline))
      return true
    }
    const at = one.pipeline.stages.findIndex(({ code }) => code === record?.fields['stage'])
    // where Ladder put it back, it stands a stage earlier
    if (at >= 0) one.stage = at
    const stage = one.pipeline.stages[one.stage]
    const next = one.pipeline.stages[one.stage + 1]
    if (!record || record.deleted || !stage || !next || temperOf(`${one.id}/${one.stage}`) < 5) return false
    one.nextOn = day + random.int(1, 6)
    if (!one.visited.has(stage.code) && stage.exit.some(({ rule }) => rule.includes('visits.'))) {
      one.visited.add(stage.code)
      this.#visit(scene, one, stage)
      return true
    }
    const early = random.chance(0.1)
    shell.edit('development', one.id, early ? { stage: next.code } : { ...filled(scene, one, stage), stage: next.code })
    return true
  }

  #visit({ shell, calendar, date }: Scene, { id, customer }: Running, stage: Stage): void {
    const heldAt = new Date(shell.now).toISOString()
    const isCall = stage.exit.some(({ rule }) => rule.includes('visits.calls'))
    const of: Fields = customer.kind === 'company' ? { company: customer.no } : { person: customer.no }
    shell.edit('visit', `visit-${id}-${stage.code}`, {
      name: `${customer.name} ${stage.name.zh}`,
      ...of,
      development: id,
      form: isCall ? 'CALL' : 'VISIT',
      status: 'HELD',
      level: 'SUB_BRANCH',
      heldAt,
      record: '介绍本行服务，了解结算与融资需求。',
      nextStep: '安排实地调查',
      nextStepOn: calendar.addWorkingDays(date, 3),
    })
  }
}

const firstOf = ({ code, stages }: Pipeline): Fields => ({ pipeline: code, stage: stages[0]?.code ?? null })

/** A pipeline that is switched on, by what kind of customer it is; any of those where none is for it. */
const choose = ({ shell, random }: Scene, { kind, no }: Customer): Pipeline => {
  const on = shell.playbook.source.pipelines.filter(({ active }) => active !== false)
  const tier = shell.crm.get(kind, no)?.fields['ladderTier'] ?? null
  const group = kind === 'person' ? FOR.PERSON : KEY_TIERS.includes(tier) ? FOR.KEY : FOR.COMPANY
  const fit = on.filter(({ code }) => group.some((letter) => code === `DEV_${letter}`))
  return random.pick(fit.length > 0 ? fit : on.length > 0 ? on : shell.playbook.source.pipelines)
}

/** What a stage asks for: DEV-A as in the trial run, others by the kinds of their fields. */
const filled = (scene: Scene, { customer, pipeline, stage: index }: Running, stage: Stage): Fields => ({
  ...Object.fromEntries(stage.fields.map((name) => [name, plausible(scene, name)])),
  checklistDone: stage.checklist.map(({ code }) => code),
  ...(pipeline.code === 'DEV_A' ? stageFields(scene, customer, index + 1) : {}),
})

const plausible = ({ date, shell, random }: Scene, name: string): Value => {
  const field = fieldDef('development', name)
  const option = field?.options?.[0]?.code ?? null
  switch (field?.type) {
    case 'boolean':
      return true
    case 'date':
      return date
    case 'dateTime':
      return new Date(shell.now).toISOString()
    case 'integer':
    case 'number':
      return random.int(60, 95)
    case 'money':
      return random.int(10, 90) * 1_000_000
    case 'select':
      return option
    case 'multiSelect':
      return option === null ? [] : [option]
    default:
      return '已记录'
  }
}
