import { describe, expect, inject, it } from 'vitest'
import { type CrmName, world, type World } from '../e2e/harness.ts'
import { picture } from './picture.ts'
import { Player } from './player.ts'
import { type Load, moments, numbers, type Script, script } from './script.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const MINUTE = 60_000
const SEED = Number(process.env.LADDER_CRASH_SEED ?? 20260907)

const worker = inject('scripts')

/** Moves that may not be made and whose webhook was acknowledged: they must be put back before any sweep. */
const acknowledgedMoves = (bank: World): string[] => bank.crm.toldOf('development', 'stage', 'DEV_A09')

export interface Trial {
  crm: CrmName
  deaths: number
  load: Load
  /** Share of webhooks that are lost; some come twice, and all in another order. */
  lost: number
}

// Twenty never sends again what nobody took; HubSpot does after a minute, and what was lost waits for the sweep
const afterwards = ({ crm }: Trial): number => (crm === 'twenty' ? 0 : 2 * MINUTE)
const totalOf = (story: Script): number => story.facts.flat().length

/** What the CRM holds in the end when nothing dies and nothing is lost. */
const undisturbed = async (trial: Trial, story: Script): Promise<Awaited<ReturnType<typeof picture>>> => {
  const { crm, deaths } = trial
  const calm = await world({ start: START, crm, shards: 1, worker })
  const once = new Player(calm, story)
  await once.begin()
  for (let slice = 0; slice < deaths; slice++) {
    await once.edit(slice)
    await once.send(Math.ceil(totalOf(story) / deaths))
  }
  await once.finish()
  await calm.advance(calm.now() + afterwards(trial))
  await once.sweep()
  const found = await picture(calm)
  await calm.close()
  return found
}

/** Kills the runtime under load, with one shard and with many: both must end as if nothing had happened, and alike. */
export const killed = (trial: Trial): void => {
  const { crm, deaths, load, lost } = trial
  describe(`killed on ${crm}`, () => {
    const story = script(SEED, Date.parse(START), deaths, load)
    let expected: ReturnType<typeof undisturbed> | undefined

    it.each([1, 8])(
      `%i shard(s), in ${deaths} random moments under load: what was acknowledged has its effect once, as if nothing had happened`,
      { timeout: 900_000 },
      async (shards) => {
        expected ??= undisturbed(trial, story)
        await expected
        const total = totalOf(story)
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
        await bank.advance(bank.now() + afterwards(trial))

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
        expect(found).toEqual(await expected)
        expect(await bank.status()).toMatchObject({ outbox: 0, deadLetters: 0, parked: 0, inbox: { waiting: 0 } })
        await bank.close()
      },
    )
  })
}
