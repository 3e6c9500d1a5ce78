import type { Calendar } from '../../../schemas/playbook/index.ts'
import { MINUTE_MS } from './dates.ts'

/** Milliseconds of the day, half-open: opening belongs to it, closing doesn't. */
export interface Frame {
  from: number
  to: number
}

/** Milliseconds since midnight of `HH:MM`; NaN for anything else. */
export const clockMs = (clock: string): number => {
  const match = /^(\d{2}):(\d{2})$/.exec(clock)
  return match ? (Number(match[1]) * 60 + Number(match[2])) * MINUTE_MS : NaN
}

const MIDNIGHT = 24 * 60 * MINUTE_MS

/**
 * Working frames of a day in order, those that touch or overlap joined. `to` 00:00 is the end of the day, and so is 23:59:
 * nobody closes for one minute at midnight. A frame that ends before it begins is left out; with none left the whole day is
 * open, so that a timer never waits for ever.
 */
export const framesOf = (hours: Calendar['hours']): Frame[] => {
  const frames = hours
    .map(({ from, to }) => ({ from: clockMs(from), to: to === '00:00' || to === '23:59' ? MIDNIGHT : clockMs(to) }))
    .filter((frame) => frame.to > frame.from)
    .sort((a, b) => a.from - b.from)
  const joined: Frame[] = []
  for (const frame of frames) {
    const last = joined.at(-1)
    if (last && frame.from <= last.to) last.to = Math.max(last.to, frame.to)
    else joined.push(frame)
  }
  return joined.length > 0 ? joined : [{ from: 0, to: MIDNIGHT }]
}
