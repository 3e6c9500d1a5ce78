import type { Row } from './kinds.ts'
import type { Word } from './words.ts'

export interface HealthView {
  state: 'well' | 'troubled' | 'silent'
  /** Why Ladder doesn't answer. */
  reason: string
  url: string
  facts: { word: Word; value: string; isBad: boolean }[]
}

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0)
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const rowOf = (value: unknown): Row => (typeof value === 'object' && value !== null ? (value as Row) : {})

/** Writes that wait longer than this, in seconds, say that the CRM doesn't take them. */
const LONG_S = 900

/** What the settings page says of Ladder, from its answer or the reason that there is none. `at` shows an instant. */
export const healthOf = (answer: Row, at: (iso: string) => string): HealthView => {
  const url = textOf(answer['url'])
  if (answer['ok'] !== true) return { state: 'silent', reason: textOf(answer['reason']), url, facts: [] }
  const status = rowOf(answer['status'])
  const fault = rowOf(status['fault'])
  const unread = rowOf(status['toRead'])['faults']
  const faults = (Array.isArray(unread) ? unread : []).map((one) => textOf(rowOf(one)['object']))
  const age = numberOf(status['outboxOldestSeconds'])
  const facts: HealthView['facts'] = [
    { word: 'lastEvent', value: at(textOf(status['lastEventAt'])), isBad: false },
    { word: 'waiting', value: String(numberOf(status['outbox'])), isBad: age > LONG_S },
    { word: 'deadLetters', value: String(numberOf(status['deadLetters'])), isBad: numberOf(status['deadLetters']) > 0 },
    {
      word: 'unchecked',
      value: String(numberOf(status['overdueTimers'])),
      isBad: numberOf(status['overdueTimers']) > 0,
    },
    { word: 'playbook', value: String(numberOf(status['playbook'])), isBad: numberOf(status['playbook']) === 0 },
    { word: 'holidays', value: textOf(status['coveredUntil']), isBad: false },
  ]
  if (faults.length > 0) facts.push({ word: 'sweep', value: faults.join(', '), isBad: true })
  if (typeof fault['message'] === 'string') facts.push({ word: 'deadLetters', value: fault['message'], isBad: true })
  return { state: facts.some(({ isBad }) => isBad) ? 'troubled' : 'well', reason: '', url, facts }
}
