import type { Decision, Fields } from '../../../schemas/events/index.ts'
import { Subject } from '../tiers/kit.ts'

/** For tests of occasions: a customer with its manager, and what people do. */
export const customer = (ref = 'company:c1'): Subject => new Subject(ref).known()
export const utc = (subject: Subject, local: string): string => new Date(subject.instant(local)).toISOString()
/** A person notes an occasion, as its record. */
export const note = (subject: Subject, kind: string, more: Fields = {}, id = 'o1'): Decision[] =>
  subject.save(
    'occasion',
    id,
    { kind, company: 'c1', status: 'OPEN', ...more },
    { createdAt: new Date(subject.now).toISOString() },
  )
export const tasksOf = (subject: Subject): Fields[] =>
  subject
    .upserts('task')
    .filter(({ fields }) => fields['ladderKind'] === 'OCCASION')
    .map(({ fields }) => fields)
export const finish = (subject: Subject, key: string): Decision[] =>
  subject.save('task', key, { ladderKey: key, status: 'DONE' })
export const causes = (subject: Subject): string[] =>
  subject.escalations().map(({ cause, status }) => `${cause} ${status}`)
