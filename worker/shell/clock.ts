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
