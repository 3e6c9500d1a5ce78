import { describe, expect, it } from 'vitest'
import { bundleWorker } from '../../plugin/runtime/bundle.ts'
import { picture } from '../crash/picture.ts'
import { Player } from '../crash/player.ts'
import { numbers, script, type Script } from '../crash/script.ts'
import { world, type World } from '../e2e/harness.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const SLICES = 10

const worker = await bundleWorker()

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

describe.each([
  [1, 1],
  [8, 2],
])('delivery through the real runtime, %i shard(s), story %i', (shards, seed) => {
  it('lost, doubled and turned webhooks, facts sent again in another order: the CRM shows the same in the end', async () => {
    const story = script(seed, Date.parse(START), SLICES)
    const fair = await world({ start: START, shards, runtime: { worker } })
    const expected = await play(fair, story, false)
    await fair.close()

    const foul = await world({ start: START, shards, runtime: { worker } })
    const weather = numbers(seed)
    foul.twenty.dropWebhooks(() => weather() < 0.3)
    foul.twenty.duplicateWebhooks(() => weather() < 0.3)
    foul.twenty.reorderWebhooks(7)
    const found = await play(foul, story, true)
    expect(foul.twenty.deliveries.filter(({ outcome }) => outcome === 'dropped').length).toBeGreaterThan(50)
    await foul.close()
    expect(Object.keys(found.ratings).length).toBeGreaterThan(200)
    expect(found).toEqual(expected)
  })
})
