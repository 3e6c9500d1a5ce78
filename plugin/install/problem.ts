/** What went wrong, where, and what a person can do about it. Never holds a secret. */
export interface Problem {
  what: string
  where: string
  todo: string
}

export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem }

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })

export const fail = (what: string, where: string, todo: string): { ok: false; problem: Problem } => ({
  ok: false,
  problem: { what, where, todo },
})
