import type { Label, Option } from '../../../../schemas/model/define.ts'
import { devStages, pipelineOptions } from '../../../../schemas/model/development-stages.ts'
import { escalation } from '../../../../schemas/model/escalation.ts'
import { roleOptions } from '../../../../schemas/model/roles.ts'
import { resultOptions, tierOptions, valueOptions } from '../../../../schemas/model/tiers.ts'
import { usualProducts } from '../../../../schemas/playbook/products.ts'

/** Words of the codes that figures are told by, beside the model's own. */
const WORDS: Record<string, Label> = {
  UNRATED: { en: 'Unrated', zh: '未评级' },
  '-': { en: 'New', zh: '新评' },
  company: { en: 'Company', zh: '公司' },
  person: { en: 'Individual', zh: '个人' },
}

const byCode = (options: readonly Option[]): [string, Label][] => options.map(({ code, label }) => [code, label])

const known = new Map<string, Label>([
  ...byCode(valueOptions),
  ...byCode(resultOptions),
  ...byCode(tierOptions),
  ...byCode(pipelineOptions),
  ...byCode(devStages),
  ...escalation.fields.flatMap(({ name, options = [] }) =>
    name === 'cause' || name === 'status' ? byCode(options) : [],
  ),
  ...byCode(roleOptions),
  ...usualProducts.map(({ kind, name }): [string, Label] => [kind, name]),
  ...Object.entries(WORDS),
])

/** The name of a code (a tier, a stage, a cause, a role) in both languages; the code itself where it is the bank's own. */
export const nameOf = (code: string): Label => known.get(code) ?? { en: code, zh: code }
