import { number, table } from './words.ts'
import { serve } from './workerd.ts'

export interface Boards {
  customers: number
  /** Rows of the figures' history. */
  figures: number
  /** Milliseconds, over HTTP from outside. */
  questions: { name: string; p50: number; p99: number }[]
}

const at = (sorted: number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

/** What the console's boards and lists cost: one Book with that many customers and a year of figures, on plain workerd. */
export const benchBoards = async (customers: number, times: number): Promise<Boards> => {
  const served = await serve(`${import.meta.dirname}/workers/boards.ts`, ['Book'])
  const post = async <T>(query: string): Promise<T> =>
    (await (
      await fetch(`${served.url}/?${query}`, { method: 'POST', signal: AbortSignal.timeout(300_000) })
    ).json()) as T
  try {
    const seeded = await post<{ figures: number }>(`customers=${customers}`)
    const { questions } = await post<{ questions: string[] }>('')
    const measured: Boards['questions'] = []
    for (const name of questions) {
      const took: number[] = []
      for (let time = 0; time < times; time++) {
        const began = performance.now()
        const { rows } = await post<{ rows: number }>(new URLSearchParams({ ask: name }).toString())
        if (rows === 0) throw new Error(`${name}: nothing was found`)
        took.push(performance.now() - began)
      }
      took.sort((a, b) => a - b)
      measured.push({ name, p50: at(took, 0.5), p99: at(took, 0.99) })
    }
    return { customers, figures: seeded.figures, questions: measured }
  } finally {
    await served.stop()
  }
}

const TITLE = '## Boards and lists'

/** What boards and lists cost, by customers. */
export const boardsSection = (boards: Boards[], date: string, cores: number): string => {
  const [first] = boards
  if (!first) return ''
  const of = (name: string, one: Boards): string => {
    const found = one.questions.find((question) => question.name === name)
    return found ? `${number(found.p50)} / ${number(found.p99)}` : ''
  }
  return `${TITLE}

${date}, ${cores} cores. One Book on plain workerd, 20 branches with 10 RMs each, a year of figures (${number(first.figures)} rows). Milliseconds
over HTTP, p50 / p99: a board's figures at three days and its rows; a page of fifty customers with the count of all.

${table(
  ['Asked', ...boards.map(({ customers }) => `${number(customers)} customers`)],
  first.questions.map(({ name }) => [name, ...boards.map((one) => of(name, one))]),
)}
`
}

/** A report with the section in its place: instead of the one that it has, or before the last. */
export const withBoardsSection = (report: string, section: string): string => {
  const found = report.indexOf(`\n${TITLE}`)
  const before = found >= 0 ? found + 1 : report.indexOf('## Size')
  const end = found >= 0 ? report.indexOf('\n## ', before) + 1 : before
  return `${report.slice(0, before)}${section}\n${report.slice(end)}`
}
