/** A name from its parts; null for none. A Chinese name has its surname first and no space. */
export const fullName = (first: unknown, last: unknown): string | null => {
  const [given, family] = [first, last].map((part) => (typeof part === 'string' ? part : ''))
  return (
    (/\p{Script=Han}/u.test(`${given}${family}`) ? `${family}${given}` : [given, family].filter(Boolean).join(' ')) ||
    null
  )
}
