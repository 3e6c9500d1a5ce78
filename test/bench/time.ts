import { spawn } from 'node:child_process'
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import { workingCalendar } from '../../worker/method/calendar/index.ts'
import { HEAP_MIB } from './book.ts'
import { serve, spentBy } from './workerd.ts'

/** Times are of the processor, so that whatever else the machine does doesn't lengthen them. */
export interface Day {
  customers: number
  /** Of a working day, when all are known and rated. */
  dayMs: number
  /** Of the day before, on which all of them came. */
  firstMs: number
  heapMiB: number
}

export interface Climb {
  escalations: number
  /** Through the pure core, JSON in and out, one process. */
  coreMs: number
  /** In one real Book on plain workerd, from its timers to what it hands on; null where that many aren't tried. */
  bookMs: number | null
}

const child = async <T>(script: string, count: number): Promise<T> => {
  const args = ['--disable-warning=ExperimentalWarning', `${import.meta.dirname}/${script}`, String(count)]
  const process_ = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  process_.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const code = await new Promise((done) => process_.once('exit', done))
  if (code !== 0) throw new Error(`${script} ended with ${String(code)}`)
  return JSON.parse(text) as T
}

/** A day of so many customers, with facts, people and timers, on the virtual clock of `ladder simulate`. */
export const benchDay = (customers: number): Promise<Day> => child<Day>('day.ts', customers)

const PARCEL = 200
/** To raise more of them in a Book takes longer than what is measured is worth. */
const MOST_IN_BOOK = 10_000

/** Escalations that are all due climb at once: in the core, and in a real Book. */
export const benchClimb = async (escalations: number): Promise<Climb> => {
  const { ms } = await child<{ ms: number }>('climb.ts', escalations)
  return { escalations, coreMs: ms, bookMs: escalations <= MOST_IN_BOOK ? await climbInBook(escalations) : null }
}

const climbInBook = async (escalations: number): Promise<number> => {
  const served = await serve(`${import.meta.dirname}/workers/book.ts`, ['Book', 'Courier', 'Account'], HEAP_MIB)
  const call = async (query: string): Promise<Record<string, number>> => {
    const answer = await fetch(`${served.url}/?${query}`, { method: 'POST' })
    if (!answer.ok) throw new Error(`${query}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Record<string, number>
  }
  try {
    for (const what of ['known', 'rich', 'fallen'])
      for (let from = 0; from < escalations; from += PARCEL)
        await call(`what=${what}&book=0&from=${from}&count=${Math.min(PARCEL, escalations - from)}`)
    // in the working time of a later day, when all of their clocks have run out
    const { addWorkingMinutes, nextWorkingInstant } = workingCalendar(defaultPlaybook.calendar)
    const at = nextWorkingInstant(addWorkingMinutes(Date.now(), 600))
    const spent = (): number => spentBy(served.pid) ?? performance.now()
    const began = spent()
    for (let more = true; more;) more = ((await call(`what=climb&book=0&at=${at}`)).next ?? Infinity) <= at
    const ms = spent() - began
    for (let index = 0; index < escalations; index += Math.ceil(escalations / 50)) {
      const { level } = await call(`what=level&book=0&from=${index}`)
      if (level !== 2) throw new Error(`the escalation of customer ${index} is on level ${level}`)
    }
    return ms
  } finally {
    await served.stop()
  }
}
