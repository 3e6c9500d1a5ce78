import { twentyWorld } from '../e2e/twenty-world.ts'

export interface Calls {
  changes: number
  shards: number
  calls: number
  least: number
  ratio: number
}

/** Twenty takes so many records a call. */
const BATCH = 200

/** A change of each of `changes` customers' records: how many calls it takes to write them, and how few it could. */
export const benchCalls = async (changes: number, shards: number): Promise<Calls> => {
  const bank = await twentyWorld({ start: '2026-09-07T02:00:00.000Z', shards })
  const rows = Array.from({ length: changes }, (_, index) => ({ name: `N ${index}`, ladderCustomerNo: `N-${index}` }))
  await bank.twenty.store.insert('company', rows)
  await bank.quiet()
  const tell = async (yuan: number): Promise<void> => {
    const at = bank.now()
    const data = { amount: `${yuan}.00` }
    const facts = rows.map(({ ladderCustomerNo: customer }) => ({
      id: `${customer}/${yuan}`,
      type: 'balance.changed',
      customer,
      at,
      data,
    }))
    const answer = await bank.facts(facts)
    if (answer.status !== 202) throw new Error(`facts were answered ${answer.status}`)
    await bank.advance(bank.now() + 60_000)
  }
  await tell(1_000_000)
  bank.twenty.calls.clear()
  // the tier stays: one field of one record each
  await tell(1_000_500)
  const calls = bank.twenty.calls.list.filter(({ method }) => method !== 'GET').length
  const shown = await bank.list('companies')
  const written = shown.filter(
    ({ ladderBalance }) => (ladderBalance as { amountMicros: number }).amountMicros === 1_000_500_000_000,
  )
  if (written.length !== changes) throw new Error(`${written.length} of ${changes} changes were written`)
  await bank.close()
  const least = Math.ceil(changes / BATCH)
  return { changes, shards, calls, least, ratio: calls / least }
}
