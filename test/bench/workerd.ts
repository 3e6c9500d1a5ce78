import { build } from 'esbuild'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Served {
  url: string
  pid: number
  stop(): Promise<void>
}

const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })

const workerdPath = (): string => {
  const module = createRequire(import.meta.url)('workerd') as { default: string } | string
  return typeof module === 'string' ? module : module.default
}

/**
 * A worker of the benchmark's own, on the same runtime as Ladder: plain workerd, objects on disk. `heapMiB`: the most that an
 * isolate's heap may hold; the runtime dies when it needs more.
 */
export const serve = async (entry: string, objects: string[] = [], heapMiB?: number): Promise<Served> => {
  const folder = mkdtempSync(join(tmpdir(), 'ladder-bench-'))
  mkdirSync(join(folder, 'data'))
  const bundled = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2024',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    outfile: join(folder, 'worker.js'),
    logLevel: 'silent',
  })
  if (bundled.errors.length > 0) throw new Error(`${entry} could not be bundled`)
  const port = await freePort()
  const text = JSON.stringify
  const namespaces = objects.map((name) => `(className = ${text(name)}, uniqueKey = ${text(name)}, enableSql = true)`)
  const bindings = objects.map((name) => `(name = ${text(name.toUpperCase())}, durableObjectNamespace = ${text(name)})`)
  writeFileSync(
    join(folder, 'workerd.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .main), (name = "data", disk = (path = ${text(join(folder, 'data'))}, writable = true))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
  v8Flags = [${heapMiB === undefined ? '' : text(`--max-heap-size=${heapMiB}`)}],
);
const main :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "2026-10-01",
  ${objects.length > 0 ? `durableObjectNamespaces = [${namespaces.join(', ')}], durableObjectStorage = (localDisk = "data"),` : ''}
  bindings = [${bindings.join(', ')}],
);
`,
  )
  const child = spawn(workerdPath(), ['serve', join(folder, 'workerd.capnp')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const url = `http://127.0.0.1:${port}`
  await up(url, child)
  return {
    url,
    pid: child.pid ?? 0,
    stop: async () => {
      const ended = new Promise<void>((done) => child.once('exit', () => done()))
      child.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const up = async (url: string, child: ChildProcess): Promise<void> => {
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`the runtime ended at once (code ${child.exitCode})`)
    const there = await fetch(url).then(
      async (response) => (await response.arrayBuffer(), true),
      () => false,
    )
    if (there) return
    await new Promise((go) => setTimeout(go, 50))
  }
  throw new Error('the runtime does not answer')
}

/** The most memory that a process has held (MiB); null where the system doesn't tell. */
export const peakOf = (pid: number): number | null => {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024)
  } catch {
    return null
  }
}

/** Milliseconds of processor time that a process has used; null where the system doesn't tell. */
export const spentBy = (pid: number): number | null => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    // user and system time, in hundredths of a second
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return null
  }
}
