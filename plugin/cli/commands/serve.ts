import type { Command } from 'commander'
import { startRuntime } from '../../runtime/index.ts'
import { Admin, LADDER_FOLDER } from '../admin.ts'
import { signInLink } from '../sign-in.ts'

/** `ladder serve`: everything on plain workerd with data on disk; what fell due while it was down is done at the start. */
export const registerServe = (program: Command): void => {
  program
    .command('serve')
    .description('run Ladder here: plain workerd, data on disk, bound to 127.0.0.1')
    .option('--port <n>', 'port', '8787')
    .option('--data <folder>', 'folder for data and keys', LADDER_FOLDER)
    .option('--json', 'print one JSON object when it is up')
    .action(async (options: { port: string; data: string; json?: boolean }) => {
      const port = Number(options.port)
      if (!Number.isInteger(port) || port < 1 || port > 65_535) {
        process.stderr.write(`--port ${options.port} is no port\n`)
        process.exitCode = 2
        return
      }
      const runtime = await startRuntime({
        folder: options.data,
        port,
        printer: true,
        console: true,
        onLog: (line) => process.stderr.write(`${line}\n`),
      }).catch((error: unknown) => (error instanceof Error ? error.message : 'the runtime could not be started'))
      if (typeof runtime === 'string') {
        process.stderr.write(`${runtime}\n`)
        process.exitCode = 1
        return
      }
      const link = await signInLink(new Admin(runtime.url, runtime.keys.adminToken))
      const signIn = typeof link === 'string' ? link : link.url
      process.stdout.write(
        options.json
          ? `${JSON.stringify({ url: runtime.url, pid: runtime.pid, prints: runtime.prints, console: signIn })}\n`
          : `Ladder is up at ${runtime.url}; data and keys in ${options.data}\n${runtime.prints ? 'Documents: Word and PDF' : 'Documents: Word alone, no browser is here to print (LADDER_CHROMIUM names one)'}\nConsole: ${signIn}\n  signs one browser in, once, within 15 minutes; npx ladder console link makes another\n`,
      )
      const stop = (): void => void runtime.stop()
      process.once('SIGINT', stop)
      process.once('SIGTERM', stop)
      await runtime.ended
    })
}
