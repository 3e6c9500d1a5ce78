import type { Place } from '../../../schemas/documents/places.ts'
import type { Value } from '../../../schemas/events/index.ts'
import type { DocumentLanguage } from '../../../schemas/playbook/documents.ts'

/** How values are shown: the language, the zone of instants, and names of the CRM's users by id. */
export interface Showing {
  language: DocumentLanguage
  /** IANA. */
  zone: string
  people: ReadonlyMap<string, string>
}

/** What stands where a field is blank. */
export const BLANK = '—'

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** An ISO date as 2026年11月26日 or 26 Nov 2026. */
export const dateText = (iso: string, language: DocumentLanguage): string => {
  const [year = '', month = '', day = ''] = iso.slice(0, 10).split('-')
  return language === 'zh'
    ? `${year}年${Number(month)}月${Number(day)}日`
    : `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}`
}

/** The date and time of an instant in a zone, `2026-11-26` and `09:30`. */
const inZone = (instant: string, zone: string): { date: string; time: string } | undefined => {
  const at = Date.parse(instant)
  if (Number.isNaN(at)) return undefined
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  }).formatToParts(at)
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? ''
  return {
    date: `${part('year')}-${part('month').padStart(2, '0')}-${part('day').padStart(2, '0')}`,
    time: `${part('hour')}:${part('minute')}`,
  }
}

/** Fen as yuan with two decimals: 1,234,567.00. */
export const moneyText = (fen: number): string => {
  const [whole = '', cents = ''] = (Math.abs(fen) / 100).toFixed(2).split('.')
  return `${fen < 0 ? '-' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`
}

const isLabel = (value: Value): value is { en: string; zh: string } =>
  typeof value === 'object' && value !== null && 'en' in value && 'zh' in value

/** A value for people; a blank one is a dash. */
export const valueText = (value: Value | undefined, place: Place, showing: Showing): string => {
  if (value === undefined || value === null || value === '') return BLANK
  if (isLabel(value)) return value[showing.language]
  if (Array.isArray(value))
    return value.length === 0
      ? BLANK
      : value.map((one) => optionText(one, place, showing.language)).join(showing.language === 'zh' ? '、' : ', ')
  switch (place.type) {
    case 'money':
      return typeof value === 'number' ? moneyText(value) : String(value)
    case 'date':
      return dayText(String(value), showing)
    case 'dateTime': {
      const there = inZone(String(value), showing.zone)
      return there ? `${dateText(there.date, showing.language)} ${there.time}` : String(value)
    }
    case 'boolean':
      return showing.language === 'zh' ? (value ? '是' : '否') : value ? 'yes' : 'no'
    case 'select':
      return optionText(value, place, showing.language)
    case 'user':
      return showing.people.get(String(value)) ?? String(value)
    default:
      return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value)
  }
}

/** A date, or the day of an instant. */
const dayText = (value: string, { language, zone }: Showing): string =>
  value.length > 10 ? dateText(inZone(value, zone)?.date ?? value, language) : dateText(value, language)

const optionText = (value: Value, { options }: Place, language: DocumentLanguage): string =>
  options?.find(({ code }) => code === value)?.label[language] ?? String(value)
