import { ROLES } from '../../worker/console/access/roles.ts'
import { type Permission, PERMISSIONS } from '../../worker/console/permissions.ts'

const rowOf = ({ method, path, who, scope, audit }: Permission): string => {
  const open = ROLES.map((role) => {
    if (who === 'anybody') return 'yes'
    if (who === 'token' || !who.includes(role)) return ''
    return scope === 'own' && (role === 'MANAGER' || role === 'RM') ? 'own' : 'yes'
  })
  return `| ${[`\`${method} ${path}\``, ...open, audit ?? ''].join(' | ')} |`
}

/** Who may use which address of the API, from the table by which the guard lets people through. */
export const permissionsPage = (): string =>
  [
    '# Who may use which address',
    '',
    'Written by `npm run docs` from `worker/console/permissions.ts`, by which the API lets people through; a test tries every row as',
    'every role. Paths are under `/api/v1`. The holder of the admin token may use all; a row without a role is the token’s alone, and',
    'what isn’t here is nobody’s. **own**: a manager gets what is of the own branches, an RM what is of the own book.',
    '',
    `| call | ${ROLES.join(' | ')} | in the audit as |`,
    `| --- | ${ROLES.map(() => '---').join(' | ')} | --- |`,
    ...PERMISSIONS.map(rowOf),
    '',
  ].join('\n')
