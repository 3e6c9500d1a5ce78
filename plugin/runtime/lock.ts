import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** Who serves a data folder: the runtime's process, and the one that started it. */
interface Lock {
  runtime: number
  starter: number
}

/** The command line of a living process; undefined when there is none. */
const commandOf = (pid: number): string | undefined => {
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
  } catch {
    return undefined
  }
}

const readLock = (file: string): Lock | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Lock
  } catch {
    return undefined
  }
}

/**
 * Makes sure that no other runtime writes to the folder: two on one SQLite file would spoil it. One whose starter was killed
 * is ended; one that runs as it should is an error.
 */
export const claimFolder = async (file: string, config: string): Promise<void> => {
  const lock = existsSync(file) ? readLock(file) : undefined
  if (!lock || !commandOf(lock.runtime)?.includes(config)) return
  if (commandOf(lock.starter))
    throw new Error(`Ladder runs on this folder already (process ${lock.starter}): end it first`)
  process.kill(lock.runtime, 'SIGKILL')
  while (commandOf(lock.runtime)?.includes(config)) await sleep(20)
}

export const writeLock = (file: string, runtime: number): void => {
  writeFileSync(file, JSON.stringify({ runtime, starter: process.pid } satisfies Lock))
}

export const dropLock = (file: string): void => rmSync(file, { force: true })
