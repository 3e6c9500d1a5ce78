import type { Fields, Value } from '../../../schemas/events/index.ts'
import { objectDef } from '../../../schemas/model/index.ts'
import { type HubspotLayout, pathOf } from '../../../worker/crm/hubspot/layout.ts'
import { isOwner, labelKey, propertyOf } from '../../../worker/crm/hubspot/names.ts'
import { snapshotOf, toHubspot } from '../../../worker/crm/hubspot/records.ts'
import type { HubspotSandbox } from '../../sandbox/hubspot/index.ts'
import type { Staff } from '../bank.ts'
import { partsOf } from '../names.ts'
import type { Edit, Row, Where } from './port.ts'

/** What people do with records on HubSpot's pages, and which record stands for which id of the play. */
export interface People {
  edit(object: string, edits: readonly Edit[]): void
  list(object: string, where?: Where): Row[]
}

/** Fields of HubSpot's own objects that name a user, and that aren't relations of the model. */
const OWNERS: readonly string[] = ['accountOwnerId', 'assigneeId']

/** HubSpot has surname and given name apart; surnames of the play have one character. */
const nameOf = (name: string): Record<string, string> => {
  const { firstName, lastName } = partsOf(name)
  return firstName === ''
    ? { firstname: name.slice(1), lastname: name.slice(0, 1) }
    : { firstname: firstName, lastname: lastName }
}

export const fits = (fields: Fields, where: Where): boolean =>
  Object.entries(where).every(([name, values]) => values.includes(String(fields[name] ?? '')))

export const peopleOf = (hubspot: HubspotSandbox, layoutOf: () => HubspotLayout, staff: readonly Staff[]): People => {
  const { store } = hubspot
  const byMail = new Map(store.owners().map(({ email, id }) => [email, id]))
  const owners = new Map(staff.map(({ id, email }) => [id, byMail.get(email) ?? '']))
  // HubSpot gives the ids: `<object>/<id of the play>` → id of the record, and back
  const records = new Map<string, string>()
  const names = new Map<string, string>()
  const pathFor = (object: string): string => pathOf(layoutOf(), object) ?? object
  const recordOf = (object: string, id: string): string => records.get(`${object}/${id}`) ?? id

  const real = (object: string, name: string, value: Value): Value => {
    if (typeof value !== 'string') return value
    const field = objectDef(object)?.fields.find((one) => one.name === name)
    if (OWNERS.includes(name) || (field && isOwner(field))) return owners.get(value) ?? value
    return field?.relation ? recordOf(field.relation.to, value) : value
  }

  const write = (object: string, { id, fields }: Edit): void => {
    const layout = layoutOf()
    const path = pathFor(object)
    const translated = Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, real(object, name, value)]),
    )
    // a meeting has a time
    if (object === 'visit' && translated.heldAt !== undefined) translated.plannedAt ??= translated.heldAt
    const { properties: all, links } = toHubspot(layout, object, translated)
    // the copies of relations are Ladder's: people associate records
    const copies = links.map(({ relation }) => propertyOf(layout.carrier, object, relation))
    const properties = {
      ...Object.fromEntries(Object.entries(all).filter(([name]) => !copies.includes(name))),
      ...(object === 'person' && typeof fields.name === 'string' ? nameOf(fields.name) : {}),
    }
    const known = recordOf(object, id)
    const record = store.get(path, known) ? store.update(path, known, properties) : store.create(path, properties)
    records.set(`${object}/${id}`, record.id)
    names.set(`${object}/${record.id}`, id)
    for (const link of links)
      if (link.id !== null)
        store.link(path, record.id, pathFor(link.to), link.id, layout.labels[labelKey(object, link.relation)])
  }

  return {
    edit: (object, edits) => edits.forEach((one) => write(object, one)),
    list: (object, where = {}) =>
      store.list(pathFor(object)).flatMap((raw): Row[] => {
        const record = snapshotOf(layoutOf(), object, raw)
        if (!record || record.deleted || !fits(record.fields, where)) return []
        return [{ id: names.get(`${object}/${raw.id}`) ?? raw.id, fields: record.fields }]
      }),
  }
}
