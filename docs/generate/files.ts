import { join } from 'node:path'
import prettier from 'prettier'
import { actionTables } from './actions.ts'
import { chinaDays } from './china.ts'
import { coverage } from './coverage.ts'
import { fieldTables } from './fields.ts'
import { hubspotCalls } from './hubspot-calls.ts'
import { root } from './ids.ts'
import { permissionsPage } from './permissions.ts'

/** The generated documents, and the one generated file of data, as they have to be, formatted. */
export const generated = async (): Promise<{ file: string; text: string }[]> => {
  const options = await prettier.resolveConfig(join(root, 'docs/fields.md'))
  const pretty = (text: string): Promise<string> => prettier.format(text, { ...options, parser: 'markdown' })
  return [
    { file: 'docs/coverage.md', text: await pretty(coverage().markdown) },
    { file: 'docs/fields.md', text: await pretty(fieldTables()) },
    { file: 'docs/actions.md', text: await pretty(actionTables()) },
    { file: 'docs/hubspot-calls.md', text: await pretty(hubspotCalls()) },
    { file: 'docs/permissions.md', text: await pretty(permissionsPage()) },
    {
      file: 'worker/method/calendar/china.json',
      text: await prettier.format(chinaDays(), { ...options, parser: 'json' }),
    },
  ]
}
