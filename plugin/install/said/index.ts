import { DOCTOR } from './doctor.ts'
import { HUBSPOT } from './hubspot.ts'
import { SHARED } from './shared.ts'
import { TWENTY } from './twenty.ts'

/** What the installer and the doctor say, in Chinese, by the English that stands in the code; `{}` is what is filled in. */
export const CHINESE: Readonly<Record<string, string>> = { ...SHARED, ...HUBSPOT, ...TWENTY, ...DOCTOR }

/** Texts that were made of something, in Chinese, by what they say in English. */
const made = new Map<string, string>()

const inChinese = (text: string): string | undefined => made.get(text) ?? CHINESE[text]

/**
 * A text for people that is made of something: t`the token lacks ${scopes}`. It is the English one; the Chinese one is kept beside
 * it, made of the same parts (docs/decisions/0040).
 */
export const t = (parts: TemplateStringsArray, ...values: readonly unknown[]): string => {
  const filled = values.map(String)
  const english = parts.reduce((text, part, index) => text + (filled[index - 1] ?? '') + part)
  const pattern = CHINESE[parts.join('{}')]
  if (pattern === undefined) return english
  let next = 0
  const chinese = pattern.replace(/\{(\d*)\}/g, (_, place: string) => {
    const value = filled[place === '' ? next++ : Number(place)] ?? ''
    return inChinese(value) ?? value
  })
  made.set(english, chinese)
  return english
}

const MARKS: Readonly<Record<string, string>> = { '; ': '；', ', ': '、', '. ': '。', ' ': '' }

/** Texts one after the other, as one text in both languages. */
export const listOf = (texts: readonly string[], mark: '; ' | ', ' | '. ' | ' '): string => {
  const english = texts.join(mark)
  made.set(english, texts.map((text) => inChinese(text) ?? text).join(MARKS[mark]))
  return english
}

/** The Chinese of every text in a value that has one: `{ "it is missing": "缺失" }`. */
export const chineseOf = (value: unknown): Record<string, string> => {
  const found: Record<string, string> = {}
  const visit = (part: unknown): void => {
    if (typeof part === 'string') {
      const chinese = inChinese(part)
      if (chinese !== undefined) found[part] = chinese
    } else if (typeof part === 'object' && part !== null) for (const inner of Object.values(part)) visit(inner)
  }
  visit(value)
  return found
}
