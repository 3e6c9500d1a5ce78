import { RestApiClient, RestApiClientError } from 'twenty-client-sdk/rest'
import type { Row } from './kinds.ts'

/** Twenty's own API, as the user who looks; what it refuses becomes an error with Twenty's reason. */
export interface Twenty {
  /** One GraphQL operation; its data. */
  ask(query: string, variables: Row): Promise<Row>
  /** One of the app's logic functions, by its path under `/s`. */
  call(path: string, body: Row): Promise<Row>
}

interface Answer {
  data?: Row | null
  errors?: { message?: string }[]
}

/** What to tell a person about an error. */
export const reasonOf = (error: unknown): string => {
  if (error instanceof RestApiClientError) {
    const body = error.body as { messages?: string[]; message?: string } | undefined
    return body?.messages?.join('; ') ?? body?.message ?? `HTTP ${error.status}`
  }
  return error instanceof Error ? error.message : String(error)
}

/** Renews its token by itself when Twenty says that it has run out. */
export const twenty = (): Twenty => {
  const client = new RestApiClient()
  return {
    ask: async (query, variables) => {
      const { data, errors } = await client.post<Answer>('/graphql', { query, variables })
      if (errors?.length || !data) throw new Error(errors?.map(({ message }) => message).join('; ') ?? 'no answer')
      return data
    },
    call: (path, body) => client.post<Row>(`/s${path}`, body),
  }
}
