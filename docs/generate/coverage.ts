import { idsIn, methodIds, PROMISED, type MethodId } from './ids.ts'
import { allFiles, isTest, read, scanTests, type FoundTest } from './scan.ts'

/** Where an id is looked for first: what happens, then the data, then the records. */
const PLACES = [/^worker\/method\//, /^schemas\/playbook\//, /^schemas\//, /^worker\//, /^plugin\//]
/** The issues of the project that bring what is still open. */
const LATER: Readonly<Record<string, string>> = { DEV: '4', TIER: '4', CAMP: '4', ESC: '4', MEAS: '4' }

const placeOf = (file: string): number => PLACES.findIndex((place) => place.test(file))

/** Files in which ids live by their docstrings or data: at most three an id, the nearest to the rule first. */
const scanHomes = (all: readonly MethodId[]): Map<string, string[]> => {
  const homes = new Map<string, { file: string; rank: number }[]>()
  for (const file of allFiles()) {
    if (isTest(file) || file.startsWith('test/') || file.startsWith('plugin/demo/') || /\/kit\.ts$/.test(file)) continue
    const { exact, inRange } = idsIn(read(file).replaceAll(/\b(DEV)_(A\d\d)\b/g, '$1-$2'), all)
    for (const id of new Set([...exact, ...inRange])) {
      const list = homes.get(id) ?? []
      list.push({ file, rank: placeOf(file) + (exact.has(id) ? 0 : PLACES.length) })
      homes.set(id, list)
    }
  }
  return new Map(
    [...homes].map(([id, list]) => [
      id,
      list
        .sort((a, b) => a.rank - b.rank || (a.file < b.file ? -1 : 1))
        .slice(0, 3)
        .map(({ file }) => file),
    ]),
  )
}

/** Tests that say what an id asks for: those of the rules first, then of the whole, then all else. */
const TESTS = [/^worker\/method\//, /^test\/(e2e|property|regression)\//, /^schemas\//, /^worker\/(?!console)/, /./]

const rankOf = ({ file }: FoundTest): number => TESTS.findIndex((place) => place.test(file))

/** Whether a title begins with the id, alone or among others (`CAMP-SEM, CAMP-PRO: …`), or stands for a list of them (`…: …`). */
const isOf = ({ title }: FoundTest, id: string): boolean =>
  title.startsWith('…') || (title.split(':', 1)[0] ?? '').split(', ').includes(id)

/** The nearest to the rule, in the file that has most to say of it: the first one there. */
const best = (tests: FoundTest[], id: string): FoundTest | undefined => {
  const own = tests.filter(({ ids }) => ids.has(id))
  const counts = new Map<string, number>()
  for (const { file, isExact } of own) counts.set(file, (counts.get(file) ?? 0) + Number(isExact))
  const says = ({ file }: FoundTest): number => counts.get(file) ?? 0
  return own.sort(
    (a, b) =>
      Number(b.isExact) - Number(a.isExact) ||
      rankOf(a) - rankOf(b) ||
      Number(isOf(b, id)) - Number(isOf(a, id)) ||
      says(b) - says(a) ||
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0),
  )[0]
}

/** A test of the rule, and one in which the whole runs, where there is one. */
const shownOf = (tests: FoundTest[], id: string): FoundTest[] => {
  const rule = best(tests, id)
  const whole = best(
    tests.filter(({ file }) => file.startsWith('test/e2e/')),
    id,
  )
  return [rule, whole].filter((one, at, all): one is FoundTest => one !== undefined && all.indexOf(one) === at)
}

const cell = (text: string): string => text.replaceAll('|', '\\|')

export interface Coverage {
  markdown: string
  /** Promised ids that no test names. */
  untested: string[]
}

/** The table of every id: where it lives, a test of it, and its state. */
export const coverage = (): Coverage => {
  const all = methodIds()
  const tests = scanTests(all)
  const homes = scanHomes(all)
  const untested: string[] = []
  const rows = all.map(({ id, name }) => {
    const [test, ...more] = shownOf(tests, id)
    const isPromised = PROMISED.includes(id)
    if (isPromised && !test) untested.push(id)
    const where = isPromised ? (homes.get(id) ?? []).map((file) => `\`${file}\``).join('<br>') : ''
    const texts = [test, ...more].map((one) => one && `${cell(one.title.replace(/^…/, id))}<br>\`${one.file}\``)
    const shown = isPromised ? texts.filter(Boolean).join('<br>') : ''
    const state = isPromised ? (test ? 'done' : '**no test**') : `open: issue ${LATER[id.split('-')[0] ?? ''] ?? '?'}`
    return `| ${id} | ${cell(name)} | ${where} | ${shown} | ${state} |`
  })
  const markdown = [
    '# Coverage of the method',
    '',
    'Written by `npm run docs` from the source and the names of the tests; `npm test` fails when it is out of date or when an',
    'id that this version promises has no test. Of each id a test of its rule is shown, and one of the whole where there is one;',
    '`npm test -- -t TIER-CONTACT` runs all of an id.',
    '',
    '| id | what | where | tests | state |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
  return { markdown, untested }
}
