// npm run docs: writes docs/coverage.md, docs/fields.md, docs/actions.md, docs/hubspot-calls.md and docs/permissions.md from the source,
// and China's holidays from the package that publishes them.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { coverage } from './coverage.ts'
import { generated } from './files.ts'
import { root } from './ids.ts'

for (const { file, text } of await generated()) {
  writeFileSync(join(root, file), text)
  process.stdout.write(`${file}\n`)
}
const { untested } = coverage()
if (untested.length > 0) {
  process.stderr.write(`Promised, and no test names them: ${untested.join(', ')}\n`)
  process.exitCode = 1
}
