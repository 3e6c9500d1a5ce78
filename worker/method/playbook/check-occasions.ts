import type { Playbook } from '../../../schemas/playbook/index.ts'
import { checkTiers } from './check-org.ts'
import { isOption } from './check-pipelines.ts'
import type { Findings } from './issues.ts'
import { namedTiersOf, tiersOf } from './policies.ts'

/** Occasions, leaders' visits, promises and joint action: what they name is there, and stands once (ESC-*). */
export const checkOccasions = (source: Playbook, found: Findings): void => {
  const { occasions, leaderVisits, promises, joint } = source
  const once = (part: string, list: readonly { code: string }[]): void =>
    found.unique(
      list.map(({ code }, index) => ({ path: `${part}[${index}].code`, value: code })),
      'The code',
      '代码',
    )
  once('occasions', occasions)
  once('leaderVisits', leaderVisits)
  once('promises', promises)
  occasions.forEach(({ code }, index) => isOption('kind', code, `occasions[${index}].code`, found, 'occasion'))
  leaderVisits.forEach(({ level }, index) => isOption('level', level, `leaderVisits[${index}].level`, found, 'visit'))
  const any = [...tiersOf(source), ...namedTiersOf(source)]
  for (const [part, list] of Object.entries({ promises, joint, occasions }))
    list.forEach(({ tiers }: { tiers?: string[] | undefined }, index: number) =>
      checkTiers(source, tiers, `${part}[${index}].tiers`, found, any),
    )
  leaderVisits.forEach(({ tiers }, index) => checkTiers(source, tiers, `leaderVisits[${index}].tiers`, found))
}
