import type { Label } from '../../../../schemas/model/define.ts'
import { frameTexts } from '../texts/frame.ts'

/** What the API says about a playbook: where, what is wrong, and what would be right. */
export interface Issue {
  severity: 'error' | 'warning'
  path: string
  message: Label
  example?: string
}

export interface Fault {
  ok: false
  /** 0: Ladder could not be reached. */
  status: number
  error: string
  /** Why, for people. */
  text: Label
  issues: Issue[]
  /** The whole answer: for those who know what else stands in it. */
  body: unknown
}
export type Answer<T> = { ok: true; value: T } | Fault

/** A refusal as Ladder answers it: `message` in English, `zh` in Chinese. */
interface Told {
  error: unknown
  message: unknown
  zh: unknown
  issues: Issue[]
}

const faultOf = (status: number, body: unknown): Fault => {
  const { error, message, zh, issues } = (typeof body === 'object' && body !== null ? body : {}) as Partial<Told>
  const en = typeof message === 'string' ? message : `HTTP ${status}`
  return {
    ok: false,
    status,
    error: typeof error === 'string' ? error : 'http',
    text: { en, zh: typeof zh === 'string' ? zh : en },
    issues: Array.isArray(issues) ? issues.filter((one) => typeof one.message === 'object') : [],
    body,
  }
}

const OFFLINE: Fault = { ok: false, status: 0, error: 'offline', text: frameTexts.offline, issues: [], body: null }

let onEnd: () => void = () => undefined
/** Who is told when the session has run out. */
export const onSessionEnd = (told: () => void): void => {
  onEnd = told
}

/** One call to Ladder's API under `/api/v1`, as the one who is signed in. */
export const call = async <T>(method: string, path: string, body?: unknown): Promise<Answer<T>> => {
  try {
    const response = await fetch(`/api/v1${path}`, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        'x-ladder': 'console',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    })
    const value: unknown = await response.json().catch(() => null)
    if (response.ok) return { ok: true, value: value as T }
    if (response.status === 401 && !path.startsWith('/session')) onEnd()
    return faultOf(response.status, value)
  } catch {
    return OFFLINE
  }
}

/** `?a=1&b=2` of what is there. */
export const query = (values: Record<string, string | number | undefined>): string => {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== '')
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}
