import type { Env } from './env.ts'
import type { Meta } from './meta.ts'

/**
 * The one place where the shell learns the time. With `LADDER_CLOCK=manual` an admin may hold it at an instant: trial runs and
 * tests move it, and months pass in seconds.
 */
export class Clock {
  readonly #env: Env
  readonly #meta: Meta

  constructor(env: Env, meta: Meta) {
    this.#env = env
    this.#meta = meta
  }

  /** Epoch milliseconds. */
  now(): number {
    return this.held() ?? Date.now()
  }

  /** The instant at which the clock is held, if it is. */
  held(): number | undefined {
    return this.#env.LADDER_CLOCK === 'manual' ? this.#meta.get<number>('clock') : undefined
  }

  /** Holds the clock at an instant; null lets it run again. Ignored unless the runtime allows it. */
  hold(at: number | null): void {
    if (this.#env.LADDER_CLOCK !== 'manual') return
    if (at === null) this.#meta.delete('clock')
    else this.#meta.set('clock', at)
  }
}

/** Asks for an alarm at `due`. On a held clock only what is due by now gets one: the rest waits for the clock to be moved. */
export const wake = async (storage: DurableObjectStorage, clock: Clock, due: number | null): Promise<void> => {
  const held = clock.held()
  if (due === null || (held !== undefined && due > held)) return storage.deleteAlarm()
  await storage.setAlarm(Math.max(Date.now(), held === undefined ? due : Date.now()))
}

/** After a fault in an alarm's work: long enough not to spin, short enough not to be missed. */
const AFTER_FAULT_MS = 5_000

/**
 * An alarm's work, and the next alarm whatever becomes of it: a runtime gives up on alarms that keep failing, and what waits
 * in storage would then never be looked at again.
 */
export const alarmWork = async (
  storage: DurableObjectStorage,
  clock: Clock,
  meta: Meta,
  work: (now: number) => Promise<unknown>,
  nextDue: () => number | null,
): Promise<void> => {
  try {
    await work(clock.now())
    await wake(storage, clock, nextDue())
  } catch (error) {
    console.error(error)
    meta.count('faults')
    await storage.setAlarm(Date.now() + AFTER_FAULT_MS)
  }
}
