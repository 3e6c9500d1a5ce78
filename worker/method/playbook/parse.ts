import type * as z from '../../../schemas/z.ts'
import { playbookSchema, type Playbook } from '../../../schemas/playbook/index.ts'
import type { Label } from '../../../schemas/model/define.ts'
import { pathOf, type PlaybookIssue } from './issues.ts'

export type Parsed = { ok: true; playbook: Playbook } | { ok: false; issues: PlaybookIssue[] }

/**
 * Reads a playbook from untrusted JSON. What is wrong comes with its path, in words of both languages, and with the value
 * that another playbook (`like`) has at that place as an example.
 */
export const parsePlaybook = (value: unknown, like?: Playbook): Parsed => {
  const parsed = playbookSchema.safeParse(value)
  if (parsed.success) return { ok: true, playbook: parsed.data }
  return { ok: false, issues: parsed.error.issues.flatMap((issue) => issuesOf(issue, value, like)) }
}

type Issue = z.core.$ZodIssue

const issuesOf = (issue: Issue, whole: unknown, like: Playbook | undefined): PlaybookIssue[] => {
  const example = exampleAt(issue.path, like)
  return [
    {
      severity: 'error',
      path: pathOf(issue.path),
      message: messageOf(issue, at(whole, issue.path)),
      ...(example === undefined ? {} : { example }),
    },
  ]
}

const types: Record<string, Label> = {
  string: { en: 'a text', zh: '文本' },
  number: { en: 'a number', zh: '数字' },
  int: { en: 'a whole number', zh: '整数' },
  boolean: { en: 'true or false', zh: 'true 或 false' },
  array: { en: 'a list', zh: '列表' },
  object: { en: 'an object', zh: '对象' },
  record: { en: 'an object', zh: '对象' },
}

const messageOf = (issue: Issue, found: unknown): Label => {
  switch (issue.code) {
    case 'invalid_type': {
      const wanted = types[issue.expected] ?? { en: issue.expected, zh: issue.expected }
      return found === undefined
        ? { en: `is missing: give ${wanted.en}.`, zh: `缺失：请填写${wanted.zh}。` }
        : { en: `must be ${wanted.en}, not ${show(found)}.`, zh: `应为${wanted.zh}，而不是 ${show(found)}。` }
    }
    case 'unrecognized_keys': {
      const keys = issue.keys.join(', ')
      return {
        en: `has members that are not known here: ${keys}. Correct or remove them.`,
        zh: `含有未知成员：${keys}，请更正或删除。`,
      }
    }
    case 'invalid_value': {
      const values = issue.values.map(String).join(', ')
      return { en: `must be one of ${values}, not ${show(found)}.`, zh: `应为 ${values} 之一，而不是 ${show(found)}。` }
    }
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array'
        ? {
            en: `needs at least ${issue.minimum}: it must not be empty.`,
            zh: `至少需要 ${issue.minimum} 项（字），不能为空。`,
          }
        : {
            en: `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}, not ${show(found)}.`,
            zh: `应${issue.inclusive ? '不小于' : '大于'} ${issue.minimum}，而不是 ${show(found)}。`,
          }
    case 'too_big':
      return {
        en: `must be at most ${issue.maximum}, not ${show(found)}.`,
        zh: `应不大于 ${issue.maximum}，而不是 ${show(found)}。`,
      }
    case 'invalid_format':
      return {
        en: `${show(found)} is not written as it must be: ${issue.message}.`,
        zh: `${show(found)} 的写法不对，请参照示例。`,
      }
    default:
      return { en: issue.message, zh: issue.message }
  }
}

const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inside, part) => (inside === null ? undefined : (inside as Record<PropertyKey, unknown> | undefined)?.[part]),
    value,
  )

/** What a playbook has at that place; in lists, the same member of its first item where there is none. */
const exampleAt = (path: readonly PropertyKey[], like: Playbook | undefined): string | undefined => {
  let inside: unknown = like
  for (const part of path) {
    const list = Array.isArray(inside) && typeof part === 'number'
    const next = at(inside, [part])
    inside = list && next === undefined ? (inside as unknown[])[0] : next
  }
  return inside === undefined || path.length === 0 ? undefined : show(inside)
}
