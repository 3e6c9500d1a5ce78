import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A row of the bank's method. */
export interface MethodId {
  id: string
  name: string
}

/** Ids that are promised by version 0.1: each must have a test. */
export const PROMISED: readonly string[] = [
  ...Array.from({ length: 12 }, (_, index) => `DEV-A${String(index + 1).padStart(2, '0')}`),
  ...['DEV-B', 'DEV-C', 'DEV-D', 'DEV-E', 'DEV-F', 'DEV-G', 'DEV-H'],
  ...['DEV-SRC', 'DEV-ACT', 'DEV-OBJ', 'DEV-CLOSE', 'DEV-INFO', 'DEV-NEED', 'DEV-KIT'],
  ...['DEV-Q', 'DEV-CTRL', 'TIER-CONTACT', 'TIER-CORP', 'TIER-RERATE'],
  ...['TIER-VALUE', 'TIER-METAL', 'TIER-CLASS', 'TIER-NEED', 'TIER-BTZ', 'TIER-ORDER', 'TIER-SERVE'],
  ...['TIER-RM', 'TIER-8020', 'TIER-ALLOC'],
  ...[
    'CAMP-S1',
    'CAMP-S2',
    'CAMP-S3',
    'CAMP-S4',
    'CAMP-S5',
    'CAMP-INT',
    'CAMP-HOL',
    'CAMP-EVT',
    'CAMP-MIC',
    'CAMP-AUD',
  ],
  ...['CAMP-SEM', 'CAMP-PRO', 'CAMP-MEET', 'CAMP-REF', 'CAMP-EXP', 'CAMP-PHASE'],
  ...['ESC-MOVE', 'ESC-CADENCE', 'ESC-STALL', 'ESC-LADDER'],
  ...['ESC-VISIT', 'ESC-INNER', 'ESC-CUST', 'ESC-OUTER', 'ESC-COMPL', 'ESC-PROMISE', 'ESC-SLEEP', 'ESC-RISK'],
  ...['ESC-WEEK', 'MEAS-4x2', 'MEAS-PIPE', 'MEAS-TIER', 'MEAS-CONT', 'MEAS-CAMP', 'MEAS-ESC'],
]

export const root = join(import.meta.dirname, '../..')

/** Every id of the method, in its order (`docs/method-ids.json`). */
export const methodIds = (): MethodId[] =>
  JSON.parse(readFileSync(join(root, 'docs/method-ids.json'), 'utf8')) as MethodId[]

const firstWords = (text: string): string => {
  const [words = ''] = text.replaceAll('†', '').split(/[:.;]/)
  return words.length > 90 ? `${words.slice(0, 87).trimEnd()}…` : words.trim()
}

/** The ids in the method's own document: the first column of its tables, `CAMP-S1…S5` one by one. */
export const readMethod = (text: string): MethodId[] =>
  text.split('\n').flatMap((line) => {
    const [, first = '', second = ''] = line.split(/(?<!\\)\|/).map((cell) => cell.trim())
    if (!/^[A-Z]+-[A-Z0-9…]/.test(first)) return []
    const range = /^([A-Z]+-[A-Z]+)(\d+)…[A-Z]+(\d+)$/.exec(first)
    if (!range) return [{ id: first, name: firstWords(second) }]
    const [, stem = '', from = '', to = ''] = range
    return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => {
      const id = `${stem}${Number(from) + index}`
      const own = new RegExp(`${id.split('-')[1]} ([^,(]+\\([^)]+\\))`).exec(second)?.[1]
      return { id, name: own?.trim() ?? firstWords(second) }
    })
  })

/** Ids that a text speaks of; `DEV-A01 … DEV-A12` and `CAMP-S1 to CAMP-S5` stand for all between. Exact ones first. */
export const idsIn = (text: string, all: readonly MethodId[]): { exact: Set<string>; inRange: Set<string> } => {
  const order = all.map(({ id }) => id)
  const inRange = new Set<string>()
  const rest = text.replaceAll(/([A-Z]+-[A-Z]*\d+)\s*(?:…|to|and up to|–)\s*([A-Z]+-[A-Z]*\d+)/g, (_, from, to) => {
    for (const id of order.slice(order.indexOf(String(from)), order.indexOf(String(to)) + 1)) inRange.add(id)
    return ''
  })
  const exact = new Set(order.filter((id) => new RegExp(`(?<![A-Z0-9-])${id}(?![A-Z0-9-])`).test(rest)))
  return { exact, inRange }
}
