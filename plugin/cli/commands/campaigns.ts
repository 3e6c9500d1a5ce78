import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { type AdminOptions, withAdminOptions } from '../admin.ts'
import { asText, rowsOf } from '../feed/rows.ts'
import { run } from './activity.ts'

const rows = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value : [])
const list = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : '')

const sayAudiences = ({ audiences }: Record<string, unknown>): string =>
  rows(audiences)
    .map(({ code, fits, invited, came, products, balance }) => {
      const brought = Number(invited) > 0 ? `; invited ${invited}, came ${came}, products ${products}` : ''
      return `${String(code).padEnd(20)} ${String(fits).padStart(7)} now${brought}${brought && `, ${Number(balance) / 100} yuan`}`
    })
    .join('\n') || 'no playbook is in force'

/** What a line of an attendance list says, by the columns that are known in either language. */
export interface Attended {
  customer?: string
  name?: string
  came: boolean
  friend?: string
  friendPhone?: string
}

const COLUMNS = {
  customer: ['customer', 'customerNo', '客户号'],
  name: ['name', '姓名', '客户'],
  came: ['came', 'attendance', '到场'],
  friend: ['friend', 'friendName', '朋友', '朋友姓名'],
  friendPhone: ['friendPhone', 'phone', '朋友电话'],
}
const NO = new Set(['no', 'n', '0', 'false', 'absent', '否', '缺席', '未到', '未到场'])

/** A line as Ladder takes it; null when it names nobody. Without a word of attendance, whoever is in the list came. */
export const attendedOf = (row: Record<string, string>): Attended | null => {
  const of = (column: keyof typeof COLUMNS): string =>
    COLUMNS[column].map((name) => row[name]?.trim() ?? '').find((text) => text !== '') ?? ''
  const [customer, name, friend, friendPhone] = [of('customer'), of('name'), of('friend'), of('friendPhone')]
  if (customer === '' && name === '') return null
  return {
    ...(customer === '' ? { name } : { customer }),
    came: !NO.has(of('came').toLowerCase()),
    ...(friend === '' ? {} : { friend }),
    ...(friendPhone === '' ? {} : { friendPhone }),
  }
}

const readList = async (file: string): Promise<Attended[]> => {
  const found: Attended[] = []
  for await (const row of rowsOf(file)) {
    if ('error' in row) throw new Error(`row ${row.number}: ${row.error}`)
    const attended = attendedOf(asText(row.value))
    if (!attended) throw new Error(`row ${row.number}: no column name or customer (姓名 or 客户号)`)
    found.push(attended)
  }
  return found
}

const sayReport = ({ changed, same, unknown, ambiguous }: Record<string, unknown>): string =>
  [
    `${changed} places entered, ${same} were so already`,
    ...(list(unknown) ? [`not on the guest list: ${list(unknown)}`] : []),
    ...(list(ambiguous) ? [`more than one of that name, give customer numbers: ${list(ambiguous)}`] : []),
  ].join('\n')

/** `ladder audiences | attendance`: whom campaigns would invite, and who came. */
export const registerCampaigns = (program: Command): void => {
  withAdminOptions(
    program.command('audiences').description('how many customers each audience takes now, and what it brought'),
  )
    .option('--rule <feel>', 'count this rule instead, such as \'tier = "HIGH" and holdings < 2\'')
    .option('--subject <kind>', 'PERSON, COMPANY or BOTH', 'BOTH')
    .action(async (options: AdminOptions & { rule?: string; subject: string }) => {
      const { rule, subject } = options
      process.exitCode = await run(
        options,
        (admin, path) =>
          rule === undefined
            ? admin.call('GET', `${path}/audiences`)
            : admin.call('POST', `${path}/audiences/count`, { rule, subject }),
        sayAudiences,
      )
    })
  withAdminOptions(program.command('attendance <file>').description('enter who came to a campaign, from a .csv'))
    .requiredOption('--campaign <id>', "id of the campaign's record")
    .option('--others-absent', "who said yes and isn't in the file didn't come")
    .action(async (file: string, options: AdminOptions & { campaign: string; othersAbsent?: boolean }) => {
      if (!existsSync(file)) {
        process.stderr.write(`${file} is not there\n`)
        process.exitCode = 2
        return
      }
      const attended = await readList(file)
      let missed = false
      const code = await run(
        options,
        async (admin, path) => {
          const place = `${path}/campaigns/${encodeURIComponent(options.campaign)}/attendance`
          const answer = await admin.call('POST', place, { rows: attended, absent: options.othersAbsent === true })
          missed = answer.ok && list(answer.body.unknown) + list(answer.body.ambiguous) !== ''
          return answer
        },
        sayReport,
      )
      process.exitCode = code === 0 && missed ? 1 : code
    })
}
