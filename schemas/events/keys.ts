/**
 * Keys. A subject is whoever a follow-up is about: `company:<record id>`, `person:<record id>`, or, for work that belongs to
 * no customer, `campaign:<id>`, `template:<id>`, `development:<id>`, and `bank:main`. A subject lives in one Book.
 */
export type Ref = string

/** The bank itself: what happens once for all customers, such as the weekly lists. One an account. */
export const BANK: Ref = 'bank:main'

export const refOf = (object: string, id: string): Ref => `${object}:${id}`

/** Object and record id of a subject. */
export const parseRef = (ref: Ref): { object: string; id: string } => {
  const at = ref.indexOf(':')
  return { object: ref.slice(0, at), id: ref.slice(at + 1) }
}

/**
 * The unique key of a record that Ladder makes: subject, kind, and what tells it from its like, such as
 * `company:8f…/contact/2026-11-20`. A retry upserts by it, so nothing is made twice.
 */
export const ladderKey = (ref: Ref, kind: string, ...parts: (string | number)[]): string =>
  [ref, kind, ...parts].join('/')

/** The subject that a ladder key belongs to; undefined when the key isn't a subject's (method records: `method/…`). */
export const subjectOfKey = (key: string): Ref | undefined => {
  const ref = key.slice(0, Math.max(0, key.indexOf('/')))
  return ref.includes(':') ? ref : undefined
}

/** The key of a method record (tier rule, escalation policy, campaign template) in the CRM. */
export const methodKey = (kind: 'rule' | 'policy' | 'template' | 'event', ...parts: (string | number)[]): string =>
  ['method', kind, ...parts].join('/')
