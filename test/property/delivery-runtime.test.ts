import { describe, expect, inject, it } from 'vitest'
import { picture } from '../crash/picture.ts'
import { Player } from '../crash/player.ts'
import { type Load, numbers, script, type Script } from '../crash/script.ts'
import { type CrmName, world, type World } from '../e2e/harness.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const SLICES = 10
const FULL: Load = { banked: 40, edited: 60, factsEach: 15 }
const SMALL: Load = { banked: 16, edited: 24, factsEach: 12 }

const worker = inject('scripts')

/** Plays a story; `twice`: each fact's acknowledgement is lost once, so it is sent again under the same id. */
const play = async (bank: World, story: Script, twice: boolean): Promise<Awaited<ReturnType<typeof picture>>> => {
  const player = new Player(bank, story)
  await player.begin()
  for (let slice = 0; slice < SLICES; slice++) {
    await player.edit(slice)
    await player.send(story.facts.length * 2)
    if (twice) for (const facts of story.facts) await bank.facts(facts.slice(0, slice + 1).toReversed())
  }
  await player.finish()
  await player.sweep()
  return picture(bank)
}

describe.each<[CrmName, number, number, Load]>([
  ['twenty', 1, 1, FULL],
  ['twenty', 8, 2, FULL],
  ['hubspot', 8, 3, SMALL],
  ['hubspot-deal', 1, 4, SMALL],
])('delivery through the real runtime, %s, %i shard(s), story %i', (crm, shards, seed, load) => {
  it('lost, doubled and turned webhooks, facts sent again in another order: the CRM shows the same in the end', async () => {
    const story = script(seed, Date.parse(START), SLICES, load)
    const fair = await world({ start: START, crm, shards, worker })
    const expected = await play(fair, story, false)
    await fair.close()

    const foul = await world({ start: START, crm, shards, worker })
    const weather = numbers(seed)
    foul.crm.weather({ lost: () => weather() < 0.3, twice: () => weather() < 0.3, mixed: true })
    const found = await play(foul, story, true)
    expect(foul.crm.webhooks().lost).toBeGreaterThan(50)
    if (foul.crm.carries('tierRating'))
      expect(Object.keys(found.ratings).length).toBeGreaterThan(story.facts.flat().length / 3)
    await foul.close()
    expect(Object.keys(found.escalations).length).toBeGreaterThan(0)
    expect(found.twins).toEqual([])
    expect(found).toEqual(expected)
  })
})
