import type { Command } from 'commander'
import { type AdminOptions, withAdminOptions } from '../admin.ts'
import { cutNote, run } from './activity.ts'

/** `ladder portfolio split|who`: the real 80/20 (TIER-8020), and who stands behind the allocation table (TIER-ALLOC). */
export const registerPortfolio = (program: Command): void => {
  const portfolio = program.command('portfolio').description('how value is spread over customers, and who has what')
  withAdminOptions(portfolio.command('split').description('the share of customers that brings 80 % of all'))
    .option('--of <balance|contribution>', 'of what', 'balance')
    .action(async (options: AdminOptions & { of: string }) => {
      process.exitCode = await run(
        options,
        (admin, path) => admin.call('GET', `${path}/split?of=${encodeURIComponent(options.of)}`),
        ({ customers, total, part, share, contacts, effort }) =>
          share === null
            ? `${String(customers)} customers, who bring nothing`
            : `${String(share)} % of ${String(customers)} customers bring ${String(part)} % of ${(Number(total) / 100).toLocaleString('en-US')} yuan; they had ${effort === null ? 'none' : `${String(effort)} %`} of ${String(contacts)} contacts in twelve months`,
      )
    })
  withAdminOptions(portfolio.command('who').description('customers of a value tier, or with products of a kind'))
    .requiredOption('--kind <code>', 'VIP, INVESTMENT, INSURANCE, POS, PAYROLL, ACCOUNT, …')
    .option('--branch <code>', 'of one branch')
    .option('--rm <id>', "of one RM, by the CRM user's id")
    .action(async (options: AdminOptions & { kind: string; branch?: string; rm?: string }) => {
      const { kind, branch, rm } = options
      const query = new URLSearchParams({ kind, ...(branch ? { branch } : {}), ...(rm ? { rm } : {}) })
      process.exitCode = await run(
        options,
        (admin, path) => admin.call('GET', `${path}/holders?${query}`),
        ({ rows, total }) =>
          [
            `${String(total)} customers`,
            ...cutNote(rows, total),
            ...(rows as Record<string, string>[]).map(
              (row) => `  ${row.branch || '-'}  ${row.rm || '-'}  ${row.name || row.ref}`,
            ),
          ].join('\n'),
      )
    })
}
