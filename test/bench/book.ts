import { peakOf, serve } from './workerd.ts'

export interface BookBench {
  customers: number
  seconds: number
  microseconds: number
  /** The most memory of the whole runtime process, with SQLite's and V8's own. */
  rssMiB: number | null
}

/** Books beside each other, as two shards on two cores would be; events a call, as the Account sends them. */
const BOOKS = 2
const PARCEL = 200
/** What Cloudflare gives an isolate. */
export const HEAP_MIB = 128

/** Rates customers through the real Book on plain workerd: SQLite on disk, one transaction a slice. */
export const benchBook = async (customers: number): Promise<BookBench> => {
  const served = await serve(`${import.meta.dirname}/workers/book.ts`, ['Book', 'Courier', 'Account'], HEAP_MIB)
  const share = customers / BOOKS
  const feed = (what: string): Promise<number[]> =>
    Promise.all(
      Array.from({ length: BOOKS }, async (_, book) => {
        let news = 0
        for (let at = 0; at < share; at += PARCEL) {
          const count = Math.min(PARCEL, share - at)
          const query = `book=${book}&from=${book * share + at}&count=${count}&what=${what}`
          const answer = await fetch(`${served.url}/?${query}`, { method: 'POST' })
          news += ((await answer.json()) as { news: number }).news
        }
        return news
      }),
    )
  await feed('known')
  const began = performance.now()
  const news = await feed('told')
  const ms = performance.now() - began
  const total = news.reduce((sum, one) => sum + one, 0)
  if (total !== customers) throw new Error(`${total} of ${customers} were rated`)
  const rssMiB = peakOf(served.pid)
  await served.stop()
  return { customers, seconds: ms / 1000, microseconds: (ms * 1000) / share, rssMiB }
}
