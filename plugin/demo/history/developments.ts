import { sourceOptions } from '../../../schemas/model/development-sales.ts'
import type { Customer } from '../bank.ts'
import { idOf } from '../random.ts'
import { type Day, edit } from './day.ts'
import { firstVisit, stageFields } from './stage-fields.ts'

/** A development as the play knows it: where it stands and when its RM goes on. */
interface Running {
  id: string
  customer: Customer
  /** 1 to 12. */
  stage: number
  /** Number of the working day on which it moves next. */
  nextOn: number
  /** Working days from stage to stage, at most. */
  pace: number
  /** The stage in which its RM lets it lie (ESC-STALL); 0 for never. */
  stallsAt: number
  /** Tried yesterday without what the stage asks for: today it is filled in. */
  hasTried: boolean
  /** The first visit was made, and is on record. */
  hasVisited: boolean
}

export interface Developments {
  running: Running[]
  /** Moves without what the stage asks for, which Ladder put back. */
  putBack: number
}

const code = (stage: number): string => `DEV_A${String(stage).padStart(2, '0')}`

/** Developments that begin in the first two weeks: one in six companies, the better ones. */
const beginSome = (day: Day, { running }: Developments): void => {
  const { random, bank } = day
  if (day.number > 9) return
  const companies = bank.customers.filter(
    ({ kind, isNew, balance }) => kind === 'company' && !isNew && balance > 800_000,
  )
  for (let count = 3; count > 0; count--) {
    const customer = random.pick(companies)
    const id = idOf(`development/${customer.no}`)
    if (running.some((one) => one.id === id)) continue
    const pace = random.int(2, 5)
    running.push({
      id,
      customer,
      stage: 1,
      nextOn: day.number + random.int(1, pace),
      pace,
      stallsAt: random.chance(0.35) ? random.int(1, 6) : 0,
      hasTried: false,
      hasVisited: false,
    })
    edit(day, 'development', {
      id,
      fields: {
        name: `${customer.name} 开发`,
        company: customer.id,
        pipeline: 'DEV_A',
        stage: code(1),
        rm: customer.rm,
        leadSource: day.random.of(`source ${id}`).pick(sourceOptions).code,
      },
    })
  }
}

/** A day of stage work (DEV-A01 to DEV-A12): fill in and go on; now and then try without. */
export const developmentsOn = async (day: Day, developments: Developments): Promise<void> => {
  await countPutBack(day, developments)
  beginSome(day, developments)
  for (const one of developments.running) {
    const random = day.random.of(one.id)
    if (one.nextOn > day.number || one.stage >= 12 || one.stage === one.stallsAt) continue
    if (!one.hasTried && one.stage !== 6 && random.chance(0.15)) {
      one.hasTried = true
      one.nextOn = day.number + 1
      edit(day, 'development', { id: one.id, fields: { stage: code(one.stage + 1) } })
      continue
    }
    if (one.stage === 6 && !one.hasVisited) {
      // the stage is moved on the day after: two edits of one instant may be seen in either order
      one.hasVisited = true
      one.nextOn = day.number + 1
      firstVisit(day, one.customer, one.id)
      continue
    }
    const fields = stageFields(day, one.customer, one.stage)
    one.stage++
    one.hasTried = false
    one.nextOn = day.number + random.int(1, one.pace)
    edit(day, 'development', { id: one.id, fields: { ...fields, stage: code(one.stage) } })
  }
  if (day.number % 5 === 2) controlItem(day, developments)
}

/** Where a move was tried too early, the record stands in the old stage again, and says why. */
const countPutBack = async (day: Day, developments: Developments): Promise<void> => {
  const tried = developments.running.filter(({ hasTried }) => hasTried)
  const rows = tried.length > 0 ? await day.world.crm.list('development') : []
  for (const { id, stage } of tried)
    if (rows.some((row) => row.id === id && row.fields.stage === code(stage) && row.fields.stageNotice))
      developments.putBack++
}

/** A line of the project control table (DEV-CTRL); every third lacks its criteria and is refused. */
const controlItem = (day: Day, { running }: Developments): void => {
  const { random, number, calendar, date } = day
  const one = running.length > 0 ? random.pick(running) : undefined
  if (!one) return
  edit(day, 'task', {
    id: idOf(`control/${date}`),
    fields: {
      title: `项目控制项：${one.customer.name} 资料准备`,
      status: 'TODO',
      ladderKind: 'CONTROL',
      ladderItemNo: number,
      ladderCompany: one.customer.id,
      ladderDevelopment: one.id,
      ...(number % 3 === 1 ? {} : { ladderCriteria: '资料齐全并经客户确认' }),
      assigneeId: one.customer.rm,
      dueAt: new Date(calendar.closing(calendar.addWorkingDays(date, 8))).toISOString(),
    },
  })
}
