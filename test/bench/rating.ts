import { spawn } from 'node:child_process'

export interface Rating {
  customers: number
  seconds: number
  /** Microseconds of one process a customer. */
  microseconds: number
  /** The largest heap of one process, with what wasn't collected yet. */
  heapMiB: number
}

/** Half of what Cloudflare gives an isolate: the processes get no more, or they end. */
const HEAP_MIB = 64
const CORES = 2

interface Answer {
  count: number
  ms: number
  heapMiB: number
}

const child = (script: string, count: number, first: number): Promise<Answer> =>
  new Promise((done, fail) => {
    const args = [
      '--disable-warning=ExperimentalWarning',
      `--max-old-space-size=${HEAP_MIB}`,
      `${import.meta.dirname}/${script}`,
      String(count),
      String(first),
    ]
    const process_ = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    let text = ''
    process_.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
    process_.once('exit', (code) =>
      code === 0 ? done(JSON.parse(text) as Answer) : fail(new Error(`${script} ended with ${code}`)),
    )
  })

/** Rates customers in two processes side by side, each half of them, each within the memory of an isolate. */
export const benchRating = (customers: number): Promise<Rating> => bench('rate.ts', customers)

/** A shadow run of a changed table over rated customers, in the same way; times are of the processor. */
export const benchShadow = (customers: number): Promise<Rating> => bench('shade.ts', customers)

const bench = async (script: string, customers: number): Promise<Rating> => {
  const half = customers / CORES
  const parts = await Promise.all(Array.from({ length: CORES }, (_, part) => child(script, half, part * half)))
  const slowest = Math.max(...parts.map(({ ms }) => ms))
  return {
    customers,
    seconds: slowest / 1000,
    microseconds: (slowest * 1000) / half,
    heapMiB: Math.max(...parts.map(({ heapMiB }) => heapMiB)),
  }
}
