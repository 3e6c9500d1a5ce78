/** One thing that the doctor looked at, and what to do about it. */
export interface Check {
  name: string
  state: 'ok' | 'warn' | 'fail' | 'skip'
  message: string
  todo?: string
}

const check =
  (state: Check['state']) =>
  (name: string, message: string, todo?: string): Check => ({ name, state, message, ...(todo ? { todo } : {}) })

export const pass = check('ok')
export const warn = check('warn')
export const failed = check('fail')
export const skipped = check('skip')

/** A line a check, and what to do below it. */
export const inLines = (checks: Check[]): string => {
  const width = Math.max(...checks.map(({ name }) => name.length))
  return checks
    .map(({ name, state, message, todo }) => {
      const line = `${state.padEnd(4)}  ${name.padEnd(width)}  ${message}`
      return todo ? `${line}\n${' '.repeat(width + 8)}→ ${todo}` : line
    })
    .join('\n')
}

export const isSound = (checks: Check[]): boolean => checks.every(({ state }) => state !== 'fail')
