import { relative } from 'node:path'
import { root } from './bundle.ts'
import { buildConsole } from './console.ts'

// `npm run console`: the console's page, as `wrangler deploy` takes it along
const { folder } = await buildConsole()
process.stdout.write(`The console is built: ${relative(root, folder)}\n`)
