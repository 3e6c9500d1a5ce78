import type { Member } from '../crm/port.ts'
import { canonical } from '../method/playbook/index.ts'
import type { Force } from './books.ts'
import { METHOD_OBJECTS, type MethodRecords } from './method-records.ts'
import type { Parts } from './parts.ts'
import type { Wish } from './playbooks.ts'
import type { Settings } from './settings.ts'

const DAY_MINUTES = 24 * 60
type Members = Force['members']

/** What Books decide by: the version in force, and the CRM's users. `epoch` grows with each change of either. */
export const forceOf = (parts: Parts): Force => {
  const active = parts.playbooks.active()
  if (!active) throw new Error('no playbook in force')
  return { ...active, epoch: parts.meta.get<number>('epoch') ?? 0, members: parts.meta.get<Members>('byEmail') ?? {} }
}

const nextEpoch = (parts: Parts): void => parts.meta.set('epoch', (parts.meta.get<number>('epoch') ?? 0) + 1)

/** Puts a kept version in force. */
export const activate = (parts: Parts, version: number): void => {
  parts.playbooks.activate(version)
  nextEpoch(parts)
  parts.audit('playbook in force', { version })
}

const put = (parts: Parts, wish: ReturnType<MethodRecords['bringTo']>[number], playbook: number): void => {
  const target = 'key' in wish ? wish.key : wish.recordId
  const base = { id: `method/${target}`, object: wish.object, fields: wish.fields }
  const write = 'key' in wish ? { ...base, key: wish.key } : { ...base, recordId: wish.recordId }
  parts.outbox.add(write, { event: 'playbook', playbook, rule: 'playbook' })
}

/** Whether an edit of method records waits to be considered. Not before all of them have been read once. */
export const methodWaits = (parts: Parts): boolean =>
  parts.meta.get<boolean>('methodChanged') === true && parts.sweeps.allRead(METHOD_OBJECTS)

/** An edit of method records in the CRM makes a new version of the playbook; what can't be read gets its error. */
export const considerMethod = (parts: Parts, now: number): void => {
  const active = parts.playbooks.active()
  if (!active || !methodWaits(parts)) return
  parts.sql.together(() => {
    const { playbook, writes } = parts.methodRecords.applyTo(active.source)
    for (const wish of writes) put(parts, wish, active.version)
    parts.meta.set('methodChanged', false)
    // a CRM gives the members of a JSON field back in an order of its own
    if (canonical(playbook) !== canonical(active.source)) activate(parts, parts.playbooks.draft(playbook, now, 'crm'))
  })
}

/**
 * Puts a kept version in force and brings the CRM's records to it. An older one becomes a new version, so that versions only
 * grow. Returns the version in force; 0 when there is no such version.
 */
export const publish = (parts: Parts, version: number, wish: Wish): number => {
  const source = parts.playbooks.get(version)
  if (!source) return 0
  const active = parts.playbooks.active()
  const target =
    active && version < active.version
      ? parts.playbooks.draft(source, parts.clock.now(), `rollback to ${version}`, wish)
      : version
  parts.sql.together(() => {
    activate(parts, target)
    for (const wish of parts.methodRecords.bringTo(source)) put(parts, wish, target)
  })
  return target
}

/** The CRM's users, by e-mail address, are read once a day: the playbook's roles name them so. */
export const refreshMembers = async (parts: Parts, settings: Settings, now: number): Promise<void> => {
  if (parts.meta.get('byEmail') === undefined) setMembers(parts)
  if ((parts.meta.get<number>('membersAt') ?? 0) > now) return
  const answer = await parts.courier(settings).readMembers()
  parts.meta.set('membersAt', now + (answer.ok ? DAY_MINUTES : 1) * 60_000)
  if (!answer.ok) return
  parts.meta.set('members', answer.value)
  setMembers(parts)
}

/** More users than that no account is known to have: what Books keep stays small. */
const MOST_MEMBERS = 10_000

const setMembers = (parts: Parts): void => {
  const known = parts.meta.get<Member[]>('members') ?? []
  const byEmail: Members = Object.fromEntries(known.slice(0, MOST_MEMBERS).map(({ email, id }) => [email, id]))
  if (JSON.stringify(byEmail) === JSON.stringify(parts.meta.get('byEmail'))) return
  parts.meta.set('byEmail', byEmail)
  nextEpoch(parts)
}
