import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Admin } from '../cli/admin.ts'
import { signInLink } from '../cli/sign-in.ts'
import { bankOf } from './bank.ts'
import { recordsFile } from './crm/index.ts'
import { calendar, play, startOf } from './history/play.ts'
import { readOptions, type DemoOptions } from './options.ts'
import { portsFor } from './ports.ts'
import { printed } from './print.ts'
import { randomOf } from './random.ts'
import { summarise } from './summary.ts'
import { startWorld, type World } from './world.ts'

const say = (line: string): void => void process.stderr.write(`${line}\n`)

const addresses = ({ crm, ladder }: World, folder: string, signIn: string): string[] => [
  `  Ladder          ${ladder.url}`,
  `    curl ${ladder.url}/healthz`,
  `    LADDER_URL=${ladder.url} LADDER_ADMIN_TOKEN=$(cat ${folder}/admin-token) npx ladder events`,
  `  沙箱 Sandbox     ${crm.url}  (${crm.name.en})`,
  ...crm.hints.map((line) => `    ${line}`),
  `  控制台 Console   ${signIn}`,
  '    登录一次，15 分钟内有效。 Signs one browser in, once, within 15 minutes.',
  '',
  '  按 Ctrl-C 结束。 Ctrl-C ends both.',
]

/** Builds the world, or takes up the last one, and gives the summary. */
const run = async (options: DemoOptions, folder: string, onWorld: (world: World) => void): Promise<number> => {
  const begun = Date.now()
  const end = options.until === undefined ? begun : calendar.instantOf(options.until, '18:00')
  const ports = await portsFor(options)
  if (!ports.ok) {
    say(ports.message)
    return 2
  }
  const random = randomOf(options.seed)
  const bank = bankOf(random, options.customers)
  const isThere = options.keep && existsSync(join(folder, recordsFile(options.crm)))
  say(isThere ? '沿用上次数据 Taking up the last run' : '启动沙箱并安装 Starting the sandbox, installing Ladder')
  const start = isThere ? null : startOf(end, options.weeks)
  const world = await startWorld({ ...options, folder, ports, start, staff: bank.staff, say, console: !options.once })
  onWorld(world)
  let played = null
  if (!isThere) {
    say(`演练 ${options.weeks} 周 Playing ${options.weeks} weeks with ${options.customers} customers`)
    played = await play(world, bank, random, end, say)
  }
  const summary = await summarise(world, played, options)
  if (!isThere && !options.once) await world.release()
  const seconds = Math.round((Date.now() - begun) / 100) / 10
  if (options.json) process.stdout.write(`${JSON.stringify({ ok: summary.health.ok, seconds, ...summary })}\n`)
  else process.stdout.write(`${printed(summary).join('\n')}  用时 ${seconds} 秒 seconds\n`)
  return summary.health.ok ? 0 : 1
}

const main = async (): Promise<void> => {
  const options = readOptions(process.argv.slice(2))
  const folder = options.once ? `${options.folder}-once-${process.pid}` : options.folder
  let world: World | undefined
  let ending: Promise<void> | undefined
  const end = (): Promise<void> => (ending ??= (world?.close() ?? Promise.resolve()).catch(() => undefined))
  const stop = (): void => void end().then(() => process.exit(0))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop)
  try {
    const code = await run(options, folder, (made) => (world = made))
    process.exitCode = code
    if (options.once || !world) return await end()
    const link = await signInLink(new Admin(world.ladder.url, world.ladder.keys.adminToken))
    const signIn = typeof link === 'string' ? link : link.url
    process.stdout.write(`${addresses(world, folder, signIn).join('\n')}\n`)
    await world.ladder.ended
    if (!ending) {
      say('Ladder 意外停止 Ladder has stopped by itself')
      process.exitCode = 1
    }
    await end()
  } catch (error) {
    say(`✗ ${error instanceof Error ? error.message : String(error)}`)
    if (error instanceof Error && process.env.LADDER_DEBUG) say(error.stack ?? '')
    process.exitCode = 1
    await end()
  } finally {
    if (options.once) rmSync(folder, { recursive: true, force: true })
  }
}

await main()
