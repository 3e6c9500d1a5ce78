import { t } from '../said/index.ts'
/** Reading the causes out of Twenty's errors: one cause comes with some 35 errors that only follow from it. */

interface Entry {
  errors?: { code?: string; message?: string; value?: unknown }[]
  flatEntityMinimalInformation?: { name?: string; nameSingular?: string }
  metadataName?: string
}

export interface GraphqlError {
  message?: string
  extensions?: {
    code?: string
    subCode?: string
    userFriendlyMessage?: string
    errors?: Record<string, Entry[]>
  }
}

/** What things are called in Twenty's settings. Others only follow from these. */
const KINDS: readonly (readonly [key: string, word: string])[] = [
  ['objectMetadata', 'object'],
  ['fieldMetadata', 'field'],
  ['view', 'view'],
  ['role', 'role'],
  ['navigationMenuItem', 'navigation item'],
]

const isSecondary = (message: string): boolean => /not found|does not exist$/i.test(message)

/**
 * The causes in the `errors` of a METADATA_VALIDATION_FAILED answer, the first kind that has any: objects before fields
 * before views. Empty when it names none.
 */
export const causesOf = (errors: Record<string, Entry[]>): string[] => {
  const lines = (only: boolean): string[] => {
    for (const [key, word] of KINDS) {
      const found = (errors[key] ?? []).flatMap((entry) => {
        const { name, nameSingular } = entry.flatEntityMinimalInformation ?? {}
        return (entry.errors ?? [])
          .filter(({ message = '' }) => !only || !isSecondary(message))
          .map(
            ({ code, message }) => `${word} ${nameSingular ?? name ?? '?'}: ${message ?? code ?? '?'} (${code ?? '?'})`,
          )
      })
      if (found.length > 0) return [...new Set(found)]
    }
    return []
  }
  const primary = lines(true)
  return primary.length > 0 ? primary : lines(false)
}

/** One line for a GraphQL error answer: the cause alone, at most three of them. */
export const summaryOf = (errors: GraphqlError[]): string => {
  const [first] = errors
  const causes = causesOf(first?.extensions?.errors ?? {})
  const more = causes.length > 3 ? t` and ${causes.length - 3} more` : ''
  if (causes.length > 0) return causes.slice(0, 3).join('; ') + more
  return first?.message ?? first?.extensions?.userFriendlyMessage ?? 'an error without a message'
}

export const isLimit = (errors: GraphqlError[]): boolean =>
  errors.some(({ extensions }) => extensions?.subCode === 'LIMIT_REACHED' || extensions?.code === 'TOO_MANY_REQUESTS')

export const isDenied = (errors: GraphqlError[]): boolean =>
  errors.some(({ extensions }) =>
    ['FORBIDDEN', 'PERMISSION_DENIED', 'UNAUTHENTICATED'].includes(extensions?.code ?? ''),
  )
