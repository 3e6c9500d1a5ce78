/*
 * npm run bench                measures everything (some minutes) and writes RESULTS.md
 * npm run bench -- --quick     a try: few rounds, few customers, writes nothing
 * npm run bench -- --json      prints one JSON object instead of the table
 * npm run bench -- --only=day,climb   measures these two and writes their section alone; --only=hubspot as well
 * npm run bench -- --only=acks        measures acknowledgements and writes their section and aim alone
 * npm run bench -- --only=tables,acks,calls,hubspot,rating,shadow,boards,book,day,climb
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { gzipSync } from 'node:zlib'
import { format } from 'prettier'
import { bundleWithoutConsole } from '../../plugin/runtime/bundle.ts'
import { benchAcks } from './acks.ts'
import { benchBoards, boardsSection, withBoardsSection } from './boards.ts'
import { benchBook } from './book.ts'
import { benchCalls } from './calls.ts'
import { benchHubspot } from './hubspot.ts'
import { benchRating, benchShadow } from './rating.ts'
import { aims, report, type Results } from './report.ts'
import { withHubspotSection } from './report-hubspot.ts'
import { ackSection, withAcks } from './report-acks.ts'
import { shadowSection, withShadowSection } from './report-shadow.ts'
import { timeSection, withTimeSection } from './report-time.ts'
import { benchTables } from './tables.ts'
import { benchClimb, benchDay } from './time.ts'

const args = process.argv.slice(2)
const quick = args.includes('--quick')
const json = args.includes('--json')
const only = args
  .find((one) => one.startsWith('--only='))
  ?.slice(7)
  .split(',')
const wanted = (part: string): boolean => only === undefined || only.includes(part)

const say = (text: string): void => {
  if (!json) process.stderr.write(`${text}\n`)
}

const each = async <T>(part: string, sizes: number[], run: (size: number) => Promise<T>): Promise<T[]> => {
  const done: T[] = []
  for (const size of wanted(part) ? sizes : []) {
    say(`${part} ${size}`)
    done.push(await run(size))
  }
  return done
}

const bare = await bundleWithoutConsole()
say('acks')
const acks = wanted('acks') ? await benchAcks(quick ? 5 : 40, 300) : []
say('tables')
const tables = wanted('tables') ? await benchTables(quick ? 3 : 15, quick ? 60 : 300) : { rates: [], missing: {} }
const results: Results = {
  date: new Date().toISOString().slice(0, 10),
  cores: availableParallelism(),
  quick,
  acks,
  tables,
  calls: await each('calls', [1, 8], (shards) => benchCalls(1000, shards)),
  hubspot: wanted('hubspot') ? await benchHubspot(quick, say) : { calls: [], days: [] },
  rating: await each('rating', quick ? [2_000, 20_000] : [10_000, 100_000, 1_000_000], benchRating),
  shadow: await each('shadow', quick ? [2_000, 20_000] : [10_000, 100_000, 1_000_000], benchShadow),
  boards: await each('boards', quick ? [2_000] : [10_000, 100_000], (size) => benchBoards(size, quick ? 5 : 100)),
  book: await each('book', quick ? [2_000] : [10_000, 100_000], benchBook),
  time: {
    days: await each('day', quick ? [2_000] : [10_000, 100_000], benchDay),
    climbs: await each('climb', quick ? [1_000] : [10_000, 100_000], benchClimb),
  },
  bundle: { bytes: bare.length, gzip: gzipSync(bare, { level: 9 }).length },
}
const file = `${import.meta.dirname}/RESULTS.md`
const write = async (text: string): Promise<void> => writeFileSync(file, await format(text, { parser: 'markdown' }))
if (json) process.stdout.write(`${JSON.stringify({ ...results, aims: aims(results) })}\n`)
else {
  const text = report(results)
  process.stdout.write(text)
  if (!quick && only === undefined) await write(text)
  else if (!quick && wanted('hubspot')) await write(withHubspotSection(readFileSync(file, 'utf8'), results.hubspot))
  else if (!quick && acks.length > 0)
    await write(withAcks(readFileSync(file, 'utf8'), acks, ackSection(acks, results.date, results.cores)))
  else if (!quick && results.boards.length > 0) {
    const section = boardsSection(results.boards, results.date, results.cores)
    await write(withBoardsSection(readFileSync(file, 'utf8'), section))
  } else if (!quick && results.shadow.length > 0) {
    const section = shadowSection(results.shadow, results.date, results.cores)
    await write(withShadowSection(readFileSync(file, 'utf8'), section))
  } else if (!quick && wanted('day') && wanted('climb')) {
    const section = timeSection(results.time, results.date, results.cores)
    await write(withTimeSection(readFileSync(file, 'utf8'), section))
  }
}
