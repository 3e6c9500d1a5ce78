/** Reading HubSpot's error bodies. Every field may be missing, and a proxy's page may come instead. */

export interface Refused {
  status: number
  /** HubSpot's `category`, or the `policyName` of a limit. */
  category: string
  message: string
  /** Scopes that HubSpot says are missing. */
  scopes: string[]
}

const at = (value: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string | number, unknown>)[key] : undefined,
    value,
  )

const textAt = (value: unknown, key: string): string => {
  const found = at(value, key)
  return typeof found === 'string' ? found : ''
}

const scopesIn = (body: unknown): string[] => {
  const errors = at(body, 'errors')
  if (!Array.isArray(errors)) return []
  return errors.flatMap((error: unknown) => {
    const named = at(error, 'context', 'requiredGranularScopes') ?? at(error, 'context', 'requiredScopes')
    return Array.isArray(named) ? named.map(String) : []
  })
}

/** The details that tell more than the message does, at most three of them. */
const detailsIn = (body: unknown, message: string): string[] => {
  const errors = at(body, 'errors')
  if (!Array.isArray(errors)) return []
  return errors
    .map((error: unknown) => textAt(error, 'message'))
    .filter((text) => text !== '' && !message.includes(text))
    .slice(0, 3)
}

/** A refusal in one line, and what it is about. */
export const refusedBy = (status: number, body: unknown): Refused => {
  const message = textAt(body, 'message') || `HTTP ${status}`
  return {
    status,
    category: textAt(body, 'policyName') || textAt(body, 'subCategory') || textAt(body, 'category'),
    message: [message, ...detailsIn(body, message)].join('; '),
    scopes: [...new Set(scopesIn(body))],
  }
}

/** Whether what was to be made is there already. */
export const isThere = ({ status, category, message }: Refused): boolean =>
  status === 409 || /ALREADY_EXISTS|WITH_NAME_EXISTS/.test(category) || /already exists/i.test(message)

/**
 * How long to wait before trying once more, in ms; undefined: trying again is of no use now. `tries`: how often it was tried.
 * HubSpot documents no Retry-After at 429, so it is honoured where it comes and guessed by the policy where it doesn't.
 */
export const waitFor = (refused: Refused, retryAfter: string | null, tries: number): number | undefined => {
  const { status, category } = refused
  const told = retryAfter !== null && /^\d+(\.\d+)?$/.test(retryAfter) ? Number(retryAfter) * 1000 : undefined
  if (status === 429) return category === 'DAILY' ? undefined : (told ?? (category === 'SECONDLY' ? 1000 : 10_000))
  if (status === 423) return told ?? 2000
  if (status === 477) return told ?? 10_000
  return status >= 500 ? (told ?? Math.min(1000 * 2 ** tries, 16_000)) : undefined
}
