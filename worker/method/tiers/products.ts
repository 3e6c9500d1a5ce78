import type { ProductKind } from '../../../schemas/playbook/index.ts'
import type { Context } from '../context.ts'
import type { SubjectState } from '../state.ts'

/** Kinds of a product, by the words of its name (TIER-CLASS, TIER-ALLOC). A product may be of several. */
const kindsOf = (product: string, kinds: readonly ProductKind[]): string[] => {
  let known = memory.get(kinds)
  if (!known || known.size > 5000) memory.set(kinds, (known = new Map()))
  let found = known.get(product)
  if (!found) {
    const name = product.toLowerCase()
    found = kinds.filter(({ words }) => words.some((word) => name.includes(word.toLowerCase()))).map(({ kind }) => kind)
    known.set(product, found)
  }
  return found
}
/** Products are few and customers many. */
const memory = new WeakMap<readonly ProductKind[], Map<string, string[]>>()

/** Kinds of a customer's open products, each once. */
export const usesOf = ({ holdings }: SubjectState, { playbook }: Context): string[] => {
  const open = Object.values(holdings).filter(({ status }) => status === 'OPEN')
  return [...new Set(open.flatMap(({ product }) => kindsOf(product, playbook.source.products)))].sort()
}
