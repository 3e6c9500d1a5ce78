import type { Playbook } from '../../../../../../schemas/playbook/index.ts'

/** A draft as this tab keeps it: what was made of which version. It has nothing of a customer in it. */
export interface KeptDraft {
  base: number
  playbook: Playbook
}

const nameOf = (account: string): string => `ladder.playbook.${account}`

export const readDraft = (account: string): KeptDraft | null => {
  try {
    const kept = JSON.parse(sessionStorage.getItem(nameOf(account)) ?? 'null') as Partial<KeptDraft> | null
    return typeof kept?.base === 'number' && typeof kept.playbook === 'object' ? (kept as KeptDraft) : null
  } catch {
    return null
  }
}

/** Null forgets it. False where this browser keeps nothing: the draft then lives in the page alone. */
export const keepDraft = (account: string, draft: KeptDraft | null): boolean => {
  try {
    if (draft) sessionStorage.setItem(nameOf(account), JSON.stringify(draft))
    else sessionStorage.removeItem(nameOf(account))
    return true
  } catch {
    return false
  }
}
