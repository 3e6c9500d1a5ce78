import type { FieldMeta, ObjectMeta } from '../types.ts'

/** The objects of the workspace, found by id, universal identifier, singular or plural name. */
export class Schema {
  readonly #objects = new Map<string, ObjectMeta>()
  readonly #names = new Map<string, ObjectMeta>()

  constructor(objects: ObjectMeta[]) {
    for (const object of objects) this.add(object)
  }

  /** All objects, newest id first: the order in which Twenty lists them. */
  list(): ObjectMeta[] {
    return [...this.#objects.values()].sort((a, b) => (a.id < b.id ? 1 : -1))
  }

  add(object: ObjectMeta): void {
    this.#objects.set(object.id, object)
    this.#names.set(object.nameSingular, object)
    this.#names.set(object.namePlural, object)
  }

  remove(object: ObjectMeta): void {
    this.#objects.delete(object.id)
    this.#names.delete(object.nameSingular)
    this.#names.delete(object.namePlural)
  }

  rename(object: ObjectMeta, names: { nameSingular: string; namePlural: string }): void {
    this.remove(object)
    Object.assign(object, names)
    this.add(object)
  }

  object(id: string | null): ObjectMeta | undefined {
    return id === null ? undefined : this.#objects.get(id)
  }

  byUniversalIdentifier(universalIdentifier: string): ObjectMeta | undefined {
    for (const object of this.#objects.values()) {
      if (object.universalIdentifier === universalIdentifier) return object
    }
    return undefined
  }

  singular(name: string): ObjectMeta | undefined {
    const object = this.#names.get(name)
    return object?.nameSingular === name ? object : undefined
  }

  plural(name: string): ObjectMeta | undefined {
    const object = this.#names.get(name)
    return object?.namePlural === name ? object : undefined
  }

  named(name: string): ObjectMeta | undefined {
    return this.#names.get(name)
  }

  field(id: string | null): FieldMeta | undefined {
    if (id === null) return undefined
    for (const object of this.#objects.values()) {
      const found = object.fields.find((field) => field.id === id)
      if (found) return found
    }
    return undefined
  }
}
