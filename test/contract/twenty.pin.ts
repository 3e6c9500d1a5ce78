import type { Recording } from './twenty.recordings.ts'

type Fields = Record<string, unknown>

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The records that an answer says were created, in the order of the inputs. */
function created(body: unknown): Fields[] {
  const data = isFields(body) && isFields(body['data']) ? body['data'] : {}
  for (const [name, value] of Object.entries(data)) {
    if (!/^create(?!One|Webhook|ApiKey)/.test(name)) continue
    return (Array.isArray(value) ? value : [value]).filter(isFields)
  }
  return []
}

function withIds(inputs: unknown, ids: unknown[]): unknown {
  if (Array.isArray(inputs)) {
    if (inputs.length !== ids.length) return inputs
    return inputs.map((input: unknown, at) => withIds(input, ids.slice(at, at + 1)))
  }
  return isFields(inputs) && !('id' in inputs) && ids[0] !== undefined ? { id: ids[0], ...inputs } : inputs
}

/**
 * Gives new records the ids that they got when the exchange was recorded, so that lists come in the same order. What
 * an upsert changed instead is left alone: there an id is a key.
 */
export function pinIds(request: Recording['request'], answer: unknown, sent: unknown): unknown {
  const rows = created(answer)
  const upsert = request.path.includes('upsert=true')
  const ids = rows.map((row) => (upsert && row['createdAt'] !== row['updatedAt'] ? undefined : row['id']))
  if (rows.length === 0) return sent
  if (request.path.startsWith('/rest/') && !request.path.startsWith('/rest/metadata')) return withIds(sent, ids)
  if (request.path !== '/graphql' || !isFields(sent) || !isFields(sent['variables'])) return sent
  return { ...sent, variables: { ...sent['variables'], d: withIds(sent['variables']['d'], ids) } }
}

const moments = new Map<string, number>()

/** Remembers when each record was made, as any of the recordings tells it. */
export function rememberMoments(value: unknown): void {
  if (Array.isArray(value)) value.forEach(rememberMoments)
  else if (isFields(value)) {
    if (typeof value['id'] === 'string' && typeof value['createdAt'] === 'string') {
      moments.set(value['id'], Date.parse(value['createdAt']))
    }
    Object.values(value).forEach(rememberMoments)
  }
}

function latest(value: unknown, found: number[] = []): number[] {
  if (Array.isArray(value)) for (const item of value) latest(item, found)
  else if (isFields(value)) {
    for (const name of ['updatedAt', 'deletedAt']) {
      if (typeof value[name] === 'string') found.push(Date.parse(value[name]))
    }
  }
  return found
}

/** When a recorded write took place, in ms; null when the recording doesn't tell. */
export function momentOf({ request, response }: Recording): number | null {
  if (request.method === 'GET') return null
  const data = isFields(response.body) && isFields(response.body['data']) ? Object.values(response.body['data']) : []
  const times = latest(data.flat())
  for (const row of created(response.body)) {
    const known = moments.get(String(row['id']))
    if (known !== undefined && times.length === 0) times.push(known)
  }
  return times.length > 0 ? Math.max(...times) : null
}
