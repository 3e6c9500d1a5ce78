import { Refusal } from '../refusal.ts'
import type { Incoming, Outgoing } from '../server/http.ts'
import type { TokenBucket } from '../server/rate-limit.ts'
import type { State } from '../state.ts'

export function coreGraphql(_state: State, _bucket: TokenBucket, request: Incoming): Promise<Outgoing> {
  throw new Refusal(404, 'NotFoundException', `Cannot ${request.method} ${request.path}`)
}
