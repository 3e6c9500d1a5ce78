import { describe, expect, inject, it } from 'vitest'
import { type CrmName, world, type World } from '../e2e/harness.ts'
import { picture } from './picture.ts'
import { Player } from './player.ts'
import { type Load, moments, numbers, script } from './script.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const MINUTE = 60_000
const SEED = Number(process.env.LADDER_CRASH_SEED ?? 20260907)

const worker = inject('scripts')

/** Moves that may not be made and whose webhook was acknowledged: they must be put back before any sweep. */
const acknowledgedMoves = (bank: World): string[] => bank.crm.toldOf('development', 'stage', 'DEV_A09')

interface Trial {
  crm: CrmName
  shards: number
  deaths: number
  load: Load
  /** Share of webhooks that are lost; some come twice, and all in another order. */
  lost: number
}

const SMALL: Load = { banked: 16, edited: 24, factsEach: 12 }
const TRIALS: Trial[] = [
  ...[1, 8].map((shards): Trial => {
    return { crm: 'twenty', shards, deaths: 50, load: { banked: 40, edited: 60, factsEach: 15 }, lost: 0 }
  }),
  ...(['hubspot', 'hubspot-deal'] as const).flatMap((crm) =>
    [1, 8].map((shards): Trial => ({ crm, shards, deaths: 15, load: SMALL, lost: 0.3 })),
  ),
]

describe.each(TRIALS)('killed on $crm, $shards shard(s)', ({ crm, shards, deaths, load, lost }) => {
  it(
    `in ${deaths} random moments under load: what was acknowledged has its effect once, as if nothing had happened`,
    { timeout: 300_000 },
    async () => {
      const story = script(SEED, Date.parse(START), deaths, load)
      const total = story.facts.flat().length
      // Twenty never sends again what nobody took; HubSpot does after a minute, and what was lost waits for the sweep
      const afterwards = crm === 'twenty' ? 0 : 2 * MINUTE

      const calm = await world({ start: START, crm, shards, worker })
      const once = new Player(calm, story)
      await once.begin()
      for (let slice = 0; slice < deaths; slice++) {
        await once.edit(slice)
        await once.send(Math.ceil(total / deaths))
      }
      await once.finish()
      await calm.advance(calm.now() + afterwards)
      await once.sweep()
      const expected = await picture(calm)
      await calm.close()

      const bank = await world({ start: START, crm, shards, worker })
      const player = new Player(bank, story)
      await player.begin()
      const chance = numbers(SEED + shards)
      if (lost > 0) bank.crm.weather({ lost: () => chance() < lost, twice: () => chance() < lost, mixed: true })
      for (const [slice, moment] of moments(SEED + shards, deaths).entries())
        await player.dieIn(slice, Math.ceil(total / deaths), moment)
      await player.finish()
      expect(player.acknowledged).toBe(total)
      expect(player.resent).toBeGreaterThan(0)
      if (lost > 0) expect(bank.crm.webhooks().lost).toBeGreaterThan(deaths)
      bank.crm.weather({})
      await bank.advance(bank.now() + afterwards)

      const moved = acknowledgedMoves(bank)
      expect(moved.length).toBeGreaterThan(0)
      for (const id of moved) expect(bank.crm.list('development', { id })).toMatchObject([{ stage: 'DEV_A01' }])

      await player.sweep()
      const found = await picture(bank)
      // the last balance that was acknowledged, by the script itself
      for (const list of story.facts) {
        const last = list.at(-1)
        const fen = Number(last?.data.amount) * 100
        expect(found.companies[last?.customer ?? '']?.ladderBalance).toBe(fen)
      }
      if (bank.crm.carries('tierRating')) expect(Object.keys(found.ratings).length).toBeGreaterThan(total / 3)
      expect(Object.keys(found.escalations).length).toBeGreaterThan(total / 30)
      for (const [key, links] of Object.entries(found.links)) expect([key, links.length]).toEqual([key, 1])
      expect(found.twins).toEqual([])
      expect(found).toEqual(expected)
      expect(await bank.status()).toMatchObject({ outbox: 0, deadLetters: 0, parked: 0, inbox: { waiting: 0 } })
      await bank.close()
    },
  )
})
