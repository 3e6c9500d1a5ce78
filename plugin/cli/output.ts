import { chineseOf } from '../install/said/index.ts'

/** Exit codes of every command: fine, problems found, wrong use. */
export const EXIT = { ok: 0, problems: 1, usage: 2 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Wrong use of a command: told on stderr, exit code 2. */
export class WrongUse extends Error {}

interface Stream {
  isTTY?: boolean
  write(text: string): unknown
}

export interface Output {
  /** One result line for people. Nothing with `--json`. */
  line(text?: string): void
  /** The current step, on a terminal, where the next one replaces it; with `--json` to the process that started this one. */
  progress(text: string): void
  /** The one JSON object of the command. Nothing without `--json`. */
  result(value: unknown): void
  /** What is wrong, on stderr. */
  error(text: string): void
  /** From now on this text is never printed, whatever prints it. */
  hide(secret: string | undefined): void
}

export interface OutputOptions {
  json?: boolean
  stdout?: Stream
  stderr?: Stream
}

/** Where a command writes: results to stdout, progress and errors to stderr, secrets nowhere. */
export const createOutput = (options: OutputOptions = {}): Output => {
  const { json = false, stdout = process.stdout, stderr = process.stderr } = options
  const secrets = new Set<string>()
  const clean = (text: string): string => {
    let safe = text
    for (const secret of secrets) safe = safe.replaceAll(secret, '***')
    return safe
  }
  const erase = (): void => {
    if (stderr.isTTY) stderr.write('\r\u001b[K')
  }
  return {
    line: (text = '') => {
      if (json) return
      erase()
      stdout.write(`${clean(text)}\n`)
    },
    progress: (text) => {
      // whoever started this as a child hears it over the channel
      if (json) process.send?.({ progress: clean(text), zh: chineseOf([clean(text)]) })
      else if (stderr.isTTY) stderr.write(`\r\u001b[K${clean(text).slice(0, 110)}`)
    },
    result: (value) => {
      erase()
      if (json) stdout.write(`${clean(JSON.stringify(value))}\n`)
    },
    error: (text) => {
      erase()
      stderr.write(`${clean(text)}\n`)
    },
    hide: (secret) => {
      if (secret !== undefined && secret.length >= 4) secrets.add(secret)
    },
  }
}

/** The secret in an environment variable; wrong use when there is none. */
export const secretFrom = (option: string, name: string): string => {
  const value = process.env[name]?.trim()
  if (!value) throw new WrongUse(`${option}: the environment has no ${name}. Set it, and give its name, not its value.`)
  return value
}

/** An http(s) URL without a trailing slash; wrong use otherwise. */
export const urlOf = (option: string, text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '')
    throw new WrongUse(`${option}: "${text}" is no http(s) address such as https://crm.example.com`)
  return text.replace(/\/+$/, '')
}

/**
 * Runs a command and sets the exit code: what it answers, 2 for wrong use, 1 for what nobody expected. Only a bug shows a
 * stack, and only with LADDER_DEBUG.
 */
export const guarded = async (name: string, output: Output, run: () => Promise<ExitCode>): Promise<void> => {
  try {
    process.exitCode = await run()
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    output.error(`ladder ${name}: ${message}`)
    if (error instanceof Error && process.env.LADDER_DEBUG && !(error instanceof WrongUse))
      output.error(error.stack ?? '')
    process.exitCode = error instanceof WrongUse ? EXIT.usage : EXIT.problems
  }
}
