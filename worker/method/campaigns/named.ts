import type { Audience } from '../../../schemas/playbook/index.ts'

/** Text in quotes, or a word: what an audience's code can be, and what it can't. */
const PARTS = /"(?:[^"\\]|\\.)*"|[\p{L}_][\p{L}\p{N}_]*/gu

/** Codes of saved audiences that a rule calls (CAMP-AUD), each once. */
export const calledIn = (rule: string, audiences: readonly Audience[]): string[] => {
  const words = new Set(rule.match(PARTS) ?? [])
  return audiences.map(({ code }) => code).filter((code) => words.has(code))
}

/**
 * A rule with the rules of saved audiences in the place of their codes (CAMP-AUD): it stands by itself, so a campaign keeps it
 * when the saved audience changes. A saved audience for one kind of customer holds for that kind only.
 */
export const spelledOut = (rule: string, audiences: readonly Audience[]): string =>
  rule.replace(PARTS, (word) => {
    const audience = audiences.find(({ code }) => code === word)
    return audience ? ruleOf(audience) : word
  })

/** The rule of a saved audience, by itself. */
export const ruleOf = ({ subject, rule }: Audience): string =>
  subject === 'BOTH' ? `(${rule})` : `(kind = "${subject}" and (${rule}))`
