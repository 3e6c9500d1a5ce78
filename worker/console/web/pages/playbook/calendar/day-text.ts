import type { Language } from '../../../parts/language.tsx'

/** A date with its weekday, short. */
export const dayText = (date: string, language: Language): string =>
  new Date(`${date}T00:00:00Z`).toLocaleDateString(language === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone: 'UTC',
    month: 'numeric',
    day: 'numeric',
    weekday: 'short',
  })
