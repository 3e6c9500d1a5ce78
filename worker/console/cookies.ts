/** A cookie of Ladder's. Over https its name has the prefix that no other site and no http page can set. */
export const cookieName = (name: string, secure: boolean): string => `${secure ? '__Host-' : ''}ladder-${name}`

/** `Set-Cookie` for a value that scripts can't read; `seconds` 0 takes it away. */
export const setCookie = (name: string, value: string, secure: boolean, seconds: number): string =>
  [
    `${cookieName(name, secure)}=${value}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    `Max-Age=${seconds}`,
    ...(secure ? ['Secure'] : []),
  ].join('; ')

/** A cookie's value and whether it has the https name, which goes first. */
export const readCookie = (
  header: string | null | undefined,
  name: string,
): { value: string; secure: boolean } | null => {
  const cookies = new Map(
    (header ?? '').split(';').flatMap((part) => {
      const at = part.indexOf('=')
      return at < 0 ? [] : [[part.slice(0, at).trim(), part.slice(at + 1).trim()] as const]
    }),
  )
  for (const secure of [true, false]) {
    const value = cookies.get(cookieName(name, secure))
    if (value) return { value, secure }
  }
  return null
}
