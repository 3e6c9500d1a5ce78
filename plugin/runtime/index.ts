import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { bundleWorker, DOCUMENTS_MODULE, root, type Scripts } from './bundle.ts'
import { workerdConfig } from './config.ts'
import { consolePage } from './console.ts'
import { startInstaller } from './installer.ts'
import { type Keys, keysOf } from './keys.ts'
import { claimFolder, dropLock, writeLock } from './lock.ts'
import { type Printer, startPrinter } from './printer.ts'

/** The settings by which Ladder knows a HubSpot app that several accounts use. */
const HUBSPOT_APP = [
  'LADDER_HUBSPOT_CLIENT_ID',
  'LADDER_HUBSPOT_CLIENT_SECRET',
  'LADDER_HUBSPOT_APP_URL',
  'LADDER_HUBSPOT_API_URL',
] as const
type HubspotApp = Partial<Record<(typeof HUBSPOT_APP)[number], string | undefined>>

export interface RuntimeWish {
  /** Folder for data, keys and the bundled Worker. */
  folder: string
  /** 0 takes a free one. */
  port?: number
  /** An admin may hold and move the clock: for trial runs and tests. */
  manualClock?: boolean
  /** The address under which others reach it, when that is another: behind a proxy. HubSpot signs it. */
  publicUrl?: string
  /** Settings of a HubSpot app that several accounts use, by their names; those of the environment when left out. */
  hubspotApp?: HubspotApp
  /**
   * By what documents are printed: what LADDER_PRINTER_URL names, else a browser of this machine where one is found (`true`), or
   * what is given. Nothing prints when left out.
   */
  printer?: true | Pick<Printer, 'url' | 'token'>
  /** For people: the console's pages are built where they are missing or old, and the page can connect a CRM from here. */
  console?: boolean
  /** The Worker, bundled already: for those who start it many times. Bundled anew when left out. */
  worker?: Scripts
  /** Lines that the runtime writes. */
  onLog?: (line: string) => void
}

export interface Runtime {
  url: string
  keys: Keys
  pid: number
  /** Whether documents are printed: by a browser of this machine, or by what LADDER_PRINTER_URL names. */
  prints: boolean
  /** Ends the process; `SIGKILL` leaves it no time to tidy up. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Resolves when the process has ended, however. */
  ended: Promise<void>
}

/** Those of these settings that are there. */
const given = (from: Record<string, string | undefined>, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (from[name] ? [[name, from[name]]] : [])))

/** The port if nothing listens on it, a free one for 0; an error says that it is taken. */
const claimPort = (port: number): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer()
    server.once('error', () => fail(new Error(`port ${port} is taken: end what listens there, or give another --port`)))
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** Where the console's pages are, if they were built. */
const pagesFolder = (): string | undefined => {
  const folder = join(root, 'worker/console/dist')
  return existsSync(join(folder, 'index.html')) ? folder : undefined
}

/** The workerd binary of this platform. */
const workerdPath = (): string => {
  const require = createRequire(import.meta.url)
  const module = require('workerd') as { default: string } | string
  return typeof module === 'string' ? module : module.default
}

const waitUntilUp = async (url: string, child: ChildProcess): Promise<void> => {
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`the runtime ended at once (code ${child.exitCode})`)
    try {
      await (await fetch(`${url}/healthz`)).arrayBuffer()
      return
    } catch {
      await new Promise((go) => setTimeout(go, 50))
    }
  }
  throw new Error('the runtime does not answer')
}

/** Starts Ladder on plain workerd, data on disk, bound to 127.0.0.1. */
export const startRuntime = async ({
  folder,
  port = 0,
  manualClock = false,
  publicUrl = process.env.LADDER_PUBLIC_URL,
  hubspotApp = process.env as HubspotApp,
  printer,
  console: isForPeople = false,
  worker,
  onLog,
}: RuntimeWish): Promise<Runtime> => {
  const home = resolve(folder)
  const data = join(home, 'data')
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const config = join(home, 'workerd.capnp')
  const lock = join(home, 'lock')
  await claimFolder(lock, config)
  const keys = keysOf(home)
  const [scripts] = await Promise.all([worker ?? bundleWorker(), isForPeople ? consolePage(onLog) : undefined])
  writeFileSync(join(home, 'ladder.js'), scripts.main)
  writeFileSync(join(home, 'documents.js'), scripts.documents)
  const modules: [string, string][] = [
    ['ladder.js', 'ladder.js'],
    [DOCUMENTS_MODULE, 'documents.js'],
  ]
  const usedPort = await claimPort(port)
  const url = `http://127.0.0.1:${usedPort}`
  const own = printer === true && !process.env.LADDER_PRINTER_URL ? await startPrinter() : undefined
  const named = own ?? (printer === true ? undefined : printer)
  const printing = named
    ? { LADDER_PRINTER_URL: named.url, LADDER_PRINTER_TOKEN: named.token }
    : printer
      ? given(process.env, ['LADDER_PRINTER_URL', 'LADDER_PRINTER_TOKEN'])
      : {}
  const installer = isForPeople
    ? await startInstaller({ url: publicUrl ?? url, adminToken: keys.adminToken })
    : undefined
  const environment: Record<string, string> = {
    LADDER_MASTER_KEY: keys.masterKey,
    LADDER_ADMIN_TOKEN: keys.adminToken,
    LADDER_PUBLIC_URL: publicUrl ?? url,
    ...(manualClock ? { LADDER_CLOCK: 'manual' } : {}),
    ...given(hubspotApp, HUBSPOT_APP),
    ...printing,
    ...(installer ? { LADDER_INSTALLER_URL: installer.url, LADDER_INSTALLER_TOKEN: installer.token } : {}),
  }
  const variables = Object.keys(environment)
  writeFileSync(config, workerdConfig({ modules, pages: pagesFolder(), data, port: usedPort, variables }))
  const child = spawn(workerdPath(), ['serve', config], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, ...environment },
  })
  const log = (chunk: Buffer): void => {
    for (const line of chunk.toString().split('\n')) if (line.trim()) onLog?.(line)
  }
  child.stdout.on('data', log)
  child.stderr.on('data', log)
  writeLock(lock, child.pid ?? 0)
  const ended = new Promise<void>((done) =>
    child.once('exit', () => {
      dropLock(lock)
      void own?.stop()
      installer?.stop()
      done()
    }),
  )
  await waitUntilUp(url, child)
  const stop = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> => {
    child.kill(signal)
    await ended
  }
  return { url, keys, pid: child.pid ?? 0, prints: 'LADDER_PRINTER_URL' in printing, stop, ended }
}
