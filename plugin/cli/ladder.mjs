#!/usr/bin/env node
// Starts the command. It is written in TypeScript that Node 24 runs as it is: on an older Node, the project's own one does.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const here = path.dirname(fileURLToPath(import.meta.url))
const main = path.join(here, 'main.ts')

if (Number(process.versions.node.split('.')[0]) >= 24) {
  const { emitWarning } = process
  process.emitWarning = (warning, ...rest) =>
    rest.includes('ExperimentalWarning') || rest[0]?.type === 'ExperimentalWarning'
      ? undefined
      : emitWarning.call(process, warning, ...rest)
  await import(pathToFileURL(main).href)
} else {
  const node = path.resolve(here, '../../node_modules/node/bin/node')
  if (!existsSync(node)) {
    process.stderr.write(`ladder: this needs Node 24, here is ${process.version}. Run \`npm ci\`, which brings one.\n`)
    process.exit(2)
  }
  // the channel tells the child when this process is gone, however it ended: nothing is left running behind it
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', main, ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
}
