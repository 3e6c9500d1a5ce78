import type { Label } from '../../../../../../schemas/model/define.ts'
import { tierRule } from '../../../../../../schemas/model/rules.ts'
import type { PlaybookTable } from '../../../../../../schemas/playbook/index.ts'

/** What a result is called: as the table says, or as the field of a tier rule that it stands in. */
export const outputLabel = ({ table, columns }: PlaybookTable, name: string): Label => {
  const own = table.outputs.find((output) => output.name === name)?.label
  if (own !== undefined) return { en: inOne(own, 'en'), zh: inOne(own, 'zh') }
  return tierRule.fields.find((field) => field.name === columns[name])?.label ?? { en: name, zh: name }
}

const HAN = /\p{Script=Han}/u

/** The half of a text such as `Deposits / 存款` that is in the language; a text of one language alone as it is. */
export const inOne = (text: string, language: 'en' | 'zh'): string => {
  const [en = '', zh = '', ...more] = text.split(' / ')
  const isBoth = more.length === 0 && !HAN.test(en) && HAN.test(zh)
  return isBoth ? (language === 'zh' ? zh : en) : text
}
