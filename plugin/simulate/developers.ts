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
  visited: boolean
}

/** Of a thousand companies so many developments begin on a working day. */
const BEGUN = 1.5

/** Developments are begun, filled in, moved on, now and then too early, and some are left lying. */
export class Developers {
  readonly #customers: Customer[]
  #running: Running[] = []
  #count = 0

  constructor(customers: Customer[]) {
    this.#customers = customers.filter(({ kind, from }) => kind === 'company' && from === 0)
  }

  work(scene: Scene): void {
    const { random, day } = scene
    const mean = (this.#customers.length * BEGUN) / 1000
    for (let left = Math.floor(mean) + (random.chance(mean % 1) ? 1 : 0); left > 0; left--) this.#begin(scene)
    this.#running = this.#running.filter((one) => one.nextOn > day || this.#goOn(scene, one))
  }

  #begin({ shell, random, day }: Scene): void {
    if (this.#customers.length === 0) return
    const customer = random.pick(this.#customers)
    const pipeline = random.pick(shell.playbook.source.pipelines)
    const id = `D${++this.#count}`
    const [first] = pipeline.stages
    const name = `${customer.name} 开发`
    const fields = { name, company: customer.no, pipeline: pipeline.code, stage: first?.code ?? null, rm: customer.rm }
    shell.edit('development', id, fields)
    this.#running.push({ id, customer, pipeline, stage: 0, nextOn: day + random.int(1, 5), visited: false })
  }

  /** One step; false when nothing more is done with it. */
  #goOn(scene: Scene, one: Running): boolean {
    const { shell, random, day } = scene
    const record = shell.crm.get('development', one.id)
    const at = one.pipeline.stages.findIndex(({ code }) => code === record?.fields['stage'])
    // where Ladder put it back, it stands a stage earlier
    if (at >= 0) one.stage = at
    const stage = one.pipeline.stages[one.stage]
    const next = one.pipeline.stages[one.stage + 1]
    if (!record || record.deleted || !stage || !next || temperOf(`${one.id}/${one.stage}`) < 5) return false
    one.nextOn = day + random.int(1, 6)
    if (stage.code === 'DEV_A06' && !one.visited) {
      one.visited = true
      this.#visit(scene, one)
      return true
    }
    const early = random.chance(0.1)
    shell.edit('development', one.id, early ? { stage: next.code } : { ...filled(scene, one, stage), stage: next.code })
    return true
  }

  #visit({ shell, calendar, date }: Scene, { id, customer }: Running): void {
    const heldAt = new Date(shell.now).toISOString()
    shell.edit('visit', `first-visit-${id}`, {
      name: `${customer.name} 初次访问`,
      company: customer.no,
      development: id,
      form: 'VISIT',
      status: 'HELD',
      level: 'SUB_BRANCH',
      heldAt,
      record: '介绍本行服务，了解结算与融资需求。',
      nextStep: '安排实地调查',
      nextStepOn: calendar.addWorkingDays(date, 3),
    })
  }
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
