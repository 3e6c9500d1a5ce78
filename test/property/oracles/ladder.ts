import { LegalHoliday, SolarDay } from 'tyme4ts'

/*
 * Contacts and ladders as a patient clerk would keep them, who looks at the clock each quarter of an hour, counts worked
 * quarters on a slate, and knows neither timers nor due dates kept from before. Slow and plain on purpose: it is what the
 * rules are compared with. Hours are those of the default calendar; all that happens happens on a quarter.
 */

export const QUARTER = 15 * 60_000
const DAY = 86_400_000
const ZONE = 8 * 3_600_000

/** Wall date in Shanghai, which has no summer time. */
const dateOf = (at: number): string => new Date(at + ZONE).toISOString().slice(0, 10)

const known = new Map<string, boolean>()
const isWorkday = (date: string): boolean => {
  let works = known.get(date)
  if (works === undefined) {
    const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
    const weekday = SolarDay.fromYmd(year, month, day).getWeek().getIndex()
    works = LegalHoliday.fromYmd(year, month, day)?.isWork() ?? (weekday !== 0 && weekday !== 6)
    known.set(date, works)
  }
  return works
}

/** 09:00 to 12:00 and 13:30 to 17:30 of a workday. */
export const isOpen = (at: number): boolean => {
  const hour = ((at + ZONE) % DAY) / 3_600_000
  return ((hour >= 9 && hour < 12) || (hour >= 13.5 && hour < 17.5)) && isWorkday(dateOf(at))
}

const step = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)

/** So many months on; a day that the month hasn't is its last. */
const months = (date: string, count: number): string => {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - 1 + count + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + count, Math.min(day, last))).toISOString().slice(0, 10)
}

/** Tier and contacts a year of an individual, as the method says it in words (TIER-CONTACT). */
const tierOf = (yuan: number): [tier: string, perYear: number] =>
  yuan > 100_000 ? ['HIGH', 4] : yuan >= 50_000 ? ['MID', 2] : ['MASS', 1]

const nextContact = (from: string, perYear: number): string => {
  let due = months(from, 12 / perYear)
  while (!isWorkday(due)) due = step(due, -1)
  return due
}

/** A level of a ladder: who, and how many quarters of working time. */
export interface Rung {
  role: string
  quarters: number
}

/** A ladder at work: who was told when, level by level, with nobody's level left out. */
export class Climb {
  /** `at level` of each time that somebody was told. */
  readonly told: string[] = []
  level = 0
  status: 'OPEN' | 'ACKNOWLEDGED' | 'RESOLVED' = 'OPEN'
  #worked = 0
  readonly #rungs: Rung[]
  readonly #isHeld: (role: string) => boolean

  constructor(rungs: Rung[], isHeld: (role: string) => boolean, at: number) {
    this.#rungs = rungs
    this.#isHeld = isHeld
    this.#tell(this.#held(1), at)
  }

  /** The first level from here on that somebody holds; when nobody holds any, this one, or the top. */
  #held(from: number): number {
    for (let level = from; level <= this.#rungs.length; level++)
      if (this.#isHeld(this.#rungs[level - 1]?.role ?? '')) return level
    return Math.min(from, this.#rungs.length)
  }

  #tell(level: number, at: number): void {
    this.level = level
    this.#worked = 0
    this.told.push(`${new Date(at).toISOString()} ${level}`)
  }

  answer(status: 'OPEN' | 'ACKNOWLEDGED' | 'RESOLVED', at: number): void {
    if (status === this.status) return
    this.status = status
    if (status === 'OPEN') this.#tell(this.level, at)
  }

  /** At work: silence for as long as the level has takes it one level up, or tells the top again. */
  look(at: number): void {
    const rung = this.#rungs[this.level - 1]
    if (this.status === 'OPEN' && rung && this.#worked >= rung.quarters) this.#tell(this.#held(this.level + 1), at)
  }

  /** A quarter of working time has gone by. */
  work(): void {
    this.#worked++
  }
}

export interface Deed {
  at: number
  what:
    | { kind: 'balance'; yuan: number }
    | { kind: 'contact' }
    | { kind: 'answer'; status: 'OPEN' | 'ACKNOWLEDGED' | 'RESOLVED' }
}

/** Keeps one individual's contacts from its first balance on (TIER-CONTACT, ESC-CADENCE). */
export class Clerk {
  /** When a contact task was made, and for which date. */
  readonly tasks: string[] = []
  /** Escalations in order: the date that was missed, and the climb. */
  readonly escalations: { due: string; climb: Climb }[] = []
  #yuan: number | null = null
  #from: string | null = null
  #last: string | null = null
  /** What was raised for the date that is missed now, answered or not. */
  #standing: Climb | null = null
  readonly #made = new Set<string>()
  readonly #rungsOf: (tier: string) => Rung[]
  readonly #leadDays: number
  readonly #isHeld: (role: string) => boolean

  constructor(rungsOf: (tier: string) => Rung[], leadDays: number, isHeld: (role: string) => boolean) {
    this.#rungsOf = rungsOf
    this.#leadDays = leadDays
    this.#isHeld = isHeld
  }

  /** One quarter: who is due is told, then what people do in it is taken, then it has gone by. */
  quarter(at: number, deed: Deed | undefined): void {
    this.#look(at)
    if (isOpen(at)) for (const { climb } of this.escalations) climb.look(at)
    if (deed) this.#take(deed)
    if (isOpen(at)) for (const { climb } of this.escalations) climb.work()
  }

  #take({ at, what }: Deed): void {
    if (what.kind === 'balance') {
      this.#yuan = what.yuan
      this.#from ??= dateOf(at)
    } else if (what.kind === 'contact') this.#last = dateOf(at)
    else this.escalations.at(-1)?.climb.answer(what.status, at)
    this.#settle(at)
    this.#look(at)
  }

  #look(at: number): void {
    const from = this.#last ?? this.#from
    if (this.#yuan === null || from === null || !isOpen(at)) return
    const [tier, perYear] = tierOf(this.#yuan)
    const due = nextContact(from, perYear)
    const today = dateOf(at)
    if (today >= this.#lead(due) && !this.#made.has(due)) {
      this.#made.add(due)
      this.tasks.push(`${new Date(at).toISOString()} ${due}`)
    }
    if (today > due && !this.#standing) {
      this.#standing = new Climb(this.#rungsOf(tier), this.#isHeld, at)
      this.escalations.push({ due, climb: this.#standing })
    }
  }

  /** What people did in this quarter may have put the date off: that is seen at any hour. */
  #settle(at: number): void {
    const from = this.#last ?? this.#from
    if (this.#yuan === null || from === null || !this.#standing) return
    if (dateOf(at) > nextContact(from, tierOf(this.#yuan)[1])) return
    this.#standing.answer('RESOLVED', at)
    this.#standing = null
  }

  /** The day on which the task is made: so many workdays before the contact is due. */
  #lead(due: string): string {
    let lead = due
    for (let left = this.#leadDays; left > 0;) {
      lead = step(lead, -1)
      if (isWorkday(lead)) left--
    }
    return lead
  }
}
