import type { Label } from '../../../../../../schemas/model/define.ts'
import { tierRule } from '../../../../../../schemas/model/rules.ts'
import type { PlaybookTable } from '../../../../../../schemas/playbook/index.ts'

/** What a result is called: as the table says, or as the field of a tier rule that it stands in. */
export const outputLabel = ({ table, columns }: PlaybookTable, name: string): Label => {
  const own = table.outputs.find((output) => output.name === name)?.label
  if (own !== undefined) return { en: own, zh: own }
  return tierRule.fields.find((field) => field.name === columns[name])?.label ?? { en: name, zh: name }
}
