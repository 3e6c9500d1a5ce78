import type { Branch } from '../../schemas/playbook/index.ts'

/** These branches and all below them, by the playbook's `parent`. A code that isn't in the playbook stands for itself. */
export const belowBranches = (codes: readonly string[], all: readonly Pick<Branch, 'code' | 'parent'>[]): string[] => {
  const found = new Set(codes)
  for (let before = -1; before !== found.size;) {
    before = found.size
    for (const { code, parent } of all) if (parent !== undefined && found.has(parent)) found.add(code)
  }
  return [...found]
}
