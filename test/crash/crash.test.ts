import { describe, expect, it } from 'vitest'
import { bundleWorker } from '../../plugin/runtime/bundle.ts'
import { ACCOUNT, world, type World } from '../e2e/harness.ts'
import { picture } from './picture.ts'
import { Player } from './player.ts'
import { moments, script } from './script.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const DEATHS = 50
const SEED = Number(process.env.LADDER_CRASH_SEED ?? 20260907)

const worker = await bundleWorker()

const status = async (bank: World) => (await bank.admin.call('GET', `/accounts/${ACCOUNT}/status`)).body

/** Moves that may not be made and whose webhook was acknowledged: they must be put back before any sweep. */
const acknowledgedMoves = (bank: World): string[] =>
  bank.twenty.deliveries.flatMap(({ eventName, outcome, body }) => {
    if (eventName !== 'development.updated' || outcome !== 'delivered') return []
    const { record } = JSON.parse(body) as { record: { id: string; stage: string } }
    return record.stage === 'DEV_A09' ? [record.id] : []
  })

describe.each([1, 8])('killed %i shard(s)', (shards) => {
  it(
    `in ${DEATHS} random moments under load: what was acknowledged has its effect once, as if nothing had happened`,
    { timeout: 300_000 },
    async () => {
      const story = script(SEED, Date.parse(START), DEATHS)
      const total = story.facts.flat().length

      const calm = await world({ start: START, shards, runtime: { worker } })
      const once = new Player(calm, story)
      await once.begin()
      for (let slice = 0; slice < DEATHS; slice++) {
        await once.edit(slice)
        await once.send(Math.ceil(total / DEATHS))
      }
      await once.finish()
      await once.sweep()
      const expected = await picture(calm)
      await calm.close()

      const bank = await world({ start: START, shards, runtime: { worker } })
      const player = new Player(bank, story)
      await player.begin()
      for (const [slice, moment] of moments(SEED + shards, DEATHS).entries())
        await player.dieIn(slice, Math.ceil(total / DEATHS), moment)
      await player.finish()
      expect(player.acknowledged).toBe(total)
      expect(player.resent).toBeGreaterThan(0)

      const moved = acknowledgedMoves(bank)
      expect(moved.length).toBeGreaterThan(0)
      const stages = new Map((await bank.list('developments')).map(({ id, stage }) => [id, stage]))
      for (const id of moved) expect(stages.get(id)).toBe('DEV_A01')

      await player.sweep()
      const found = await picture(bank)
      // the last balance that was acknowledged, by the script itself
      for (const list of story.facts) {
        const last = list.at(-1)
        const micros = Number(last?.data.amount) * 1_000_000
        expect(found.companies[last?.customer ?? '']?.ladderBalance).toMatchObject({ amountMicros: micros })
      }
      expect(Object.keys(found.ratings).length).toBeGreaterThan(200)
      expect(Object.keys(found.escalations).length).toBeGreaterThan(20)
      for (const [key, links] of Object.entries(found.links)) expect([key, links.length]).toEqual([key, 1])
      expect(found).toEqual(expected)
      expect(await status(bank)).toMatchObject({ outbox: 0, deadLetters: 0, parked: 0, inbox: { waiting: 0 } })
      await bank.close()
    },
  )
})
