import type { Command } from 'commander'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { fromKept, type KeptPlaybook } from '../../../schemas/playbook/index.ts'
import { lackingParts, withParts } from '../../../worker/method/playbook/renew.ts'
import { type Admin, type AdminOptions, type Answer, withAdminOptions } from '../admin.ts'
import { run } from './activity.ts'

const wrong = (message: string): Answer => ({ ok: false, status: 0, message, body: {} })

/** What the playbook in force lacks of the default one; with `wanted`, a draft that has it too. */
const renew = async (admin: Admin, path: string, wanted: string[], isAll: boolean): Promise<Answer> => {
  const kept = await admin.call('GET', `${path}/playbooks`)
  if (!kept.ok) return kept
  const active = kept.body.active as { source: KeptPlaybook } | null
  if (!active) return wrong('no playbook is in force yet')
  const own = fromKept(active.source)
  const lacking = lackingParts(own, defaultPlaybook)
  const names = isAll ? lacking : wanted
  if (names.length === 0) return { ...kept, body: { lacking, added: [], version: null } }
  const { playbook, added, unknown } = withParts(own, defaultPlaybook, names)
  if (unknown.length > 0) return wrong(`not on offer: ${unknown.join(', ')}`)
  const drafted = await admin.call('POST', `${path}/playbooks`, playbook)
  return drafted.ok ? { ...drafted, body: { lacking, added, version: drafted.body.version } } : drafted
}

const say = ({ lacking, added, version }: Record<string, unknown>): string => {
  const list = (names: unknown): string => (names as string[]).map((name) => `  ${name}`).join('\n')
  if (version !== null)
    return `added:\n${list(added)}\nkept as v${String(version)}; put it in force with: ladder playbook publish ${String(version)}`
  return (lacking as string[]).length === 0
    ? 'the playbook has all that the default one has'
    : `the playbook lacks, of what comes with Ladder:\n${list(lacking)}\nadd what is wanted: --add documents --add occasions.ILLNESS, or --all`
}

/** `ladder playbook renew`: a kept playbook gets parts that came since it was made, as a draft; its own stay as they are. */
export const registerRenew = (playbook: Command): void => {
  const add = (name: string, names: string[]): string[] => [...names, name]
  withAdminOptions(
    playbook
      .command('renew')
      .description('what came with Ladder since the playbook in force was made; added as a draft where it is wanted'),
  )
    .option('--add <part>', 'a part, or a whole list of parts; may be given again', add, [])
    .option('--all', 'all of them')
    .action(async (options: AdminOptions & { add: string[]; all?: boolean }) => {
      process.exitCode = await run(options, (admin, path) => renew(admin, path, options.add, options.all === true), say)
    })
}
