import type { Playbook } from '../../../../../../schemas/playbook/index.ts'

/** A branch and those above it; '' is the bank, which comes last. */
const lineOf = ({ branches }: Playbook, branch: string): string[] => {
  const line: string[] = []
  for (let at = branch; at !== '' && !line.includes(at);) {
    line.push(at)
    at = branches.find(({ code }) => code === at)?.parent ?? ''
  }
  return [...line, '']
}

/** Who holds a role for a branch, by e-mail: its own people first, then those above (worker/method/org decides by segment and day too). */
export const holdersOf = (playbook: Playbook, role: string, branch: string): string[] => {
  for (const place of lineOf(playbook, branch)) {
    const members = playbook.roles
      .filter((one) => one.role === role && (one.branch ?? '') === place)
      .flatMap((one) => one.members.slice(0, 1))
    if (members.length > 0) return [...new Set(members)]
  }
  return []
}

/** Whether anybody can hold it: the RM is the customer's owner, and the named person stands on the record. */
export const isHeld = (playbook: Playbook, role: string, branch: string): boolean =>
  role === 'RM' || role === 'NAMED_PERSON' || holdersOf(playbook, role, branch).length > 0
