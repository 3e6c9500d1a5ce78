import type { Row } from '../../../method/measures/report.ts'
import type { Language } from './language.tsx'

const locale = (language: Language): string => (language === 'zh' ? 'zh-CN' : 'en-GB')

export const numberText = (value: number, language: Language): string => value.toLocaleString(locale(language))

/** Fen as yuan: `¥1,234,567`, with its fen where there are any. */
export const moneyText = (fen: number, language: Language): string =>
  `¥${(fen / 100).toLocaleString(locale(language), { minimumFractionDigits: fen % 100 === 0 ? 0 : 2, maximumFractionDigits: 2 })}`

/** An instant (ISO or epoch ms) in this browser's zone, to the minute. */
export const timeText = (instant: string | number, language: Language): string => {
  const at = new Date(instant)
  return Number.isNaN(at.getTime())
    ? ''
    : at.toLocaleString(locale(language), {
        year: 'numeric',
        // 08/09 is read as one day in London and another in New York
        month: language === 'zh' ? '2-digit' : 'short',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
      })
}

/** Working minutes as people say them. */
export const minutesText = (minutes: number, language: Language): string => {
  const [hours, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)]
  if (language === 'zh') return hours === 0 ? `${rest} 分钟` : `${hours} 小时${rest === 0 ? '' : ` ${rest} 分`}`
  return hours === 0 ? `${rest} min` : `${hours} h${rest === 0 ? '' : ` ${rest} min`}`
}

/** A figure as a board shows it; `–` where it can't be said. */
export const figureText = (value: number | null, unit: Row['unit'], language: Language): string => {
  if (value === null) return '–'
  if (unit === 'money') return moneyText(value, language)
  if (unit === 'minutes') return minutesText(value, language)
  const text = numberText(value, language)
  if (unit === 'percent') return `${text}%`
  if (unit === 'days') return language === 'zh' ? `${text} 天` : `${text} d`
  return text
}
