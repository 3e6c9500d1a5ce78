import { Refusal } from '../refusal.ts'
import type { Incoming, Outgoing } from '../server/http.ts'
import type { State } from '../state.ts'

export function metadataGraphql(_state: State, request: Incoming): Promise<Outgoing> {
  throw new Refusal(404, 'NotFoundException', `Cannot ${request.method} ${request.path}`)
}
