import { endOf, kindsOf, link, linksOf, plainKind, unlink } from './associations/links.ts'
import { typeNamed } from './portal.ts'
import type { Portal } from './portal.ts'
import { archive, restore } from './records/commit.ts'
import type { Site } from './records/commit.ts'
import { forget, mergeRows } from './records/merge.ts'
import { renderAll } from './records/render.ts'
import type { Shown } from './records/render.ts'
import { plannedChange, plannedCreate } from './records/write.ts'
import type { State } from './state.ts'
import type { AdminRules, ObjectType, Owner, RecordRow } from './types.ts'

const PERSON = { changeSource: 'CRM_UI', sourceId: 'userId:9000001' }

/** A test's way to the records of one account, past HTTP and its limits: what it changes, a person changes by hand. */
export class SandboxStore {
  readonly #state: State
  readonly #portal: Portal

  constructor(state: State, portal: Portal) {
    this.#state = state
    this.#portal = portal
  }

  /** The object of a name or an id; a test that names none is wrong. */
  type(name: string): ObjectType {
    return typeNamed(this.#portal, name)
  }

  types(): ObjectType[] {
    return [...this.#portal.types.values()]
  }

  /** Names of the file manager's files. */
  files(): { id: string; name: string; folder: string; access: string }[] {
    return [...this.#portal.files.values()].map(({ id, name, folder, access }) => ({ id, name, folder, access }))
  }

  /** What is in a file of the file manager. */
  file(id: string): Buffer | undefined {
    const file = this.#portal.files.get(id)
    return file && Buffer.from(file.base64, 'base64')
  }

  owners(): Owner[] {
    return [...this.#portal.owners.values()]
  }

  addOwner(owner: { email: string; firstName?: string; lastName?: string }): Owner {
    const at = this.#portal.owners.size
    const made = { firstName: '', lastName: '', archived: false, teams: [], ...owner }
    const full = { ...made, id: String(70_001 + at), userId: 9_000_001 + at, createdAt: this.#state.now() }
    this.#portal.owners.set(full.id, full)
    return full
  }

  /** Records that aren't archived, or with `archived` those that are. */
  list(name: string, archived = false): Shown[] {
    const type = this.type(name)
    const rows = [...type.records.values()].filter((row) => (row.archivedAt !== null) === archived)
    return rows.map((row) => renderAll(type, row))
  }

  /** One record, archived or not; null when there is none. */
  get(name: string, id: string): Shown | null {
    const type = this.type(name)
    const row = type.records.get(id)
    return row ? renderAll(type, row) : null
  }

  create(name: string, properties: Record<string, string>): Shown {
    const site = this.#site(name)
    return renderAll(site.type, plannedCreate(site, properties, [])())
  }

  update(name: string, id: string, properties: Record<string, string>): Shown {
    const site = this.#site(name)
    return renderAll(site.type, plannedChange(site, this.#row(site.type, id), properties)())
  }

  archive(name: string, id: string): void {
    const site = this.#site(name)
    archive(site, this.#row(site.type, id))
  }

  restore(name: string, id: string): void {
    const site = this.#site(name)
    restore(site, this.#row(site.type, id))
  }

  /** Merges the second record into the first, and gives the id of the one that stays. */
  merge(name: string, winner: string, loser: string): string {
    const site = this.#site(name)
    return mergeRows(site, this.#row(site.type, winner), this.#row(site.type, loser)).id
  }

  /** Deletes a contact for good, as a privacy request does. */
  forget(id: string): void {
    const site = this.#site('contacts')
    forget(site, this.#row(site.type, id))
  }

  /** Links two records, with an association type of the account when one is named. */
  link(from: string, fromId: string, to: string, toId: string, typeId?: number): void {
    const site = this.#site(from)
    const other = this.type(to)
    const kind = this.#portal.associationTypes.find((one) => {
      return one.from === site.type.id && one.to === other.id && one.typeId === typeId
    })
    const specs = kind ? [{ associationCategory: kind.category, associationTypeId: kind.typeId }] : []
    const kinds = kind ? kindsOf(this.#portal, site.type, other, specs) : [plainKind(this.#portal, site.type, other)]
    link(site, endOf(site.type, fromId), endOf(other, toId), kinds)
  }

  unlink(from: string, fromId: string, to: string, toId: string): void {
    const site = this.#site(from)
    unlink(site, { type: site.type, id: fromId }, { type: this.type(to), id: toId }, null)
  }

  /** What a record is linked to: id of the other one and ids of the association types. */
  links(from: string, fromId: string, to: string): { id: string; typeIds: number[] }[] {
    const all = linksOf(this.#portal, { type: this.type(from), id: fromId }, this.type(to))
    return [...all].map(([id, kinds]) => ({ id, typeIds: [...kinds] }))
  }

  /** What the admin asks for of an object's records from now on, of writes through the API too. */
  setRules(name: string, rules: Partial<AdminRules>): void {
    const type = this.type(name)
    type.rules = { ...type.rules, ...rules }
  }

  #site(name: string): Site {
    return { state: this.#state, portal: this.#portal, type: this.type(name), source: PERSON }
  }

  #row(type: ObjectType, id: string): RecordRow {
    const row = type.records.get(id)
    if (!row) throw new Error(`No ${type.singular} ${id} in the sandbox`)
    return row
  }
}
