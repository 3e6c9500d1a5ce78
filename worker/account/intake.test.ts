import { expect, it } from 'vitest'
import type { InboxRow } from '../ingress/receive.ts'
import type { Sql } from '../shell/sql.ts'
import { Intake } from './intake.ts'

const row = (dedupe: string): InboxRow => ({ source: 'twenty', body: new Uint8Array([1]), at: 0, dedupe })

/** Storage that counts its commits, and fails while it is told to. */
const storage = () => {
  const seen = { commits: 0, rows: 0, armed: 0, isFull: false }
  const sql = {
    run: () => {
      if (seen.isFull) throw new Error('full')
      seen.rows++
      return 1
    },
    together: <T>(work: () => T): T => {
      const result = work()
      seen.commits++
      return result
    },
  } as unknown as Sql
  const intake = new Intake(sql, async () => void seen.armed++)
  return { seen, intake }
}

it('what comes at once is kept by one commit; nobody is told before', async () => {
  const { seen, intake } = storage()
  const told: number[] = []
  const all = Array.from({ length: 20 }, (_, index) => intake.keep(row(`d${index}`)).then(() => told.push(seen.rows)))
  expect(seen.rows).toBe(0)
  await Promise.all(all)
  expect(told).toEqual(Array.from({ length: 20 }, () => 20))
  expect(seen).toMatchObject({ commits: 1, armed: 1 })
  await intake.keep(row('later'))
  expect(seen).toMatchObject({ commits: 2, rows: 21 })
})

it('one that is sent again while the first still waits waits too, and is kept once', async () => {
  const { seen, intake } = storage()
  const first = intake.keep(row('same'))
  const rowsWhenTold = intake.keep(row('same')).then(() => seen.rows)
  expect(await rowsWhenTold).toBe(1)
  await first
  await intake.keep(row('same'))
  expect(seen.rows).toBe(1)
})

it('what could not be kept is refused to all that wait for it, and is new when it is sent again', async () => {
  const { seen, intake } = storage()
  seen.isFull = true
  const outcomes = await Promise.allSettled([intake.keep(row('a')), intake.keep(row('b')), intake.keep(row('a'))])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  seen.isFull = false
  await Promise.all([intake.keep(row('a')), intake.keep(row('b'))])
  expect(seen).toMatchObject({ commits: 1, rows: 2 })
})

it('an alarm that can’t be asked for is no acknowledgement; the next one asks again', async () => {
  let asked = 0
  const failing = new Intake(
    { run: () => 1, together: <T>(work: () => T): T => work() } as unknown as Sql,
    async () => {
      if (asked++ === 0) throw new Error('away')
    },
  )
  await expect(failing.keep(row('a'))).rejects.toThrow('away')
  await failing.keep(row('a'))
  expect(asked).toBe(2)
})
