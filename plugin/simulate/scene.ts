import type { WorkingCalendar } from '../../worker/method/calendar/index.ts'
import type { Staff } from '../demo/bank.ts'
import type { Random } from '../demo/random.ts'
import type { Shell } from './shell.ts'

/** A moment of a working day at which people do something. */
export interface Scene {
  shell: Shell
  random: Random
  staff: readonly Staff[]
  calendar: WorkingCalendar
  /** ISO date. */
  date: string
  /** Working days since the run began; 0 is the first. */
  day: number
}

/** A number from 0 to 99 that stays the same for a record: how people deal with it doesn't change from day to day. */
export const temperOf = (id: string): number => {
  let mixed = 2_166_136_261
  for (let index = 0; index < id.length; index++) mixed = Math.imul(mixed ^ id.charCodeAt(index), 16_777_619)
  return ((mixed ^ (mixed >>> 15)) >>> 0) % 100
}
