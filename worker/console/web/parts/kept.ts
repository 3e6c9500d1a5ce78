/** What this browser remembers of how the page is shown. Never anything of a customer, and no secret. */
type Kept = 'language' | 'theme' | 'account'

export const kept = (name: Kept): string | null => {
  try {
    return localStorage.getItem(`ladder.${name}`)
  } catch {
    return null
  }
}

export const keep = (name: Kept, value: string): void => {
  try {
    localStorage.setItem(`ladder.${name}`, value)
  } catch {
    // a browser that keeps nothing: it is asked again next time
  }
}
