import { standardType, type Shape } from '../../../worker/crm/hubspot/layout.ts'
import { keyPropertyOf } from '../../../worker/crm/hubspot/names.ts'
import { ok, type Result } from '../problem.ts'
import { pathFor } from './account.ts'
import type { Comparison } from './compare.ts'
import type { HubspotClient } from './client.ts'
import type { Property } from './metadata.ts'
import { t } from '../said/index.ts'

const ACTIVITIES = new Set(['visit', 'task'])

/**
 * Whether Ladder can do without a unique key on this object. Objects of Ladder's own take one for certain, and customers are
 * found by their number.
 */
export const mayBePlain = ({ carrier }: Shape, object: string): boolean =>
  standardType(carrier, object) !== undefined && keyPropertyOf(object) === 'ladder_key'

/** Objects whose key was found not to be unique. */
export const plainKeysOf = (comparisons: readonly Comparison[]): string[] =>
  comparisons.filter(({ isPlain }) => isPlain).map(({ object }) => object)

/** The same, asked anew: what HubSpot took shows once the properties are made. */
export const readPlainKeys = async (client: HubspotClient, shape: Shape): Promise<Result<string[]>> => {
  const plain: string[] = []
  for (const object of Object.keys(shape.types).filter((one) => mayBePlain(shape, one))) {
    const params = { objectType: pathFor(shape, object), propertyName: keyPropertyOf(object) }
    const read = await client.call<Property>('property', { params })
    if (!read.ok) return read
    if (read.value.hasUniqueValue === false) plain.push(object)
  }
  return ok(plain)
}

/** What a plan can't foresee: HubSpot's documents don't say whether tasks and meetings take unique values. */
export const unknownKeyNotices = (comparisons: readonly Comparison[]): string[] => {
  const open = comparisons.filter(({ object, findings }) => {
    const name = keyPropertyOf(object)
    const isMissing = findings.some((finding) => finding.kind === 'missing' && finding.payload.name === name)
    return isMissing && ACTIVITIES.has(object)
  })
  return open.length === 0
    ? []
    : [
        t`Whether ladder_key can be unique on ${open.map(({ object }) => object).join(' and ')} shows when it is made; where it can't, Ladder finds these records by search.`,
      ]
}

/** What a person should know of it; nothing where all keys are unique. */
export const plainKeyNotices = (objects: readonly string[]): string[] =>
  objects.length === 0
    ? []
    : [
        t`ladder_key is not unique on ${objects.join(' and ')} in this account. Ladder finds these records by search instead, before it makes one: that takes one more call for a hundred new ones, and a write whose answer is lost is repeated after half a minute. To have it unique, delete ladder_key there for good, then \`ladder apply\`; if it comes back so, HubSpot takes no unique values there.`,
      ]
