import type { Portal } from '../portal.ts'
import type { Change, State } from '../state.ts'
import { audible, audienceOf, eventsOf } from './events.ts'
import type { Audible, Audience, Subscription } from './events.ts'
import type { WebhookQueue } from './queue.ts'

/** Turns changes into events for what the app has subscribed to, and hands them to the queue. */
export class WebhookFeed {
  audible: Audible = { customObjects: false, activities: false }
  readonly #state: State
  readonly #queue: WebhookQueue
  #audience: Audience = new Map()
  #eventId = 100

  constructor(state: State, queue: WebhookQueue) {
    this.#state = state
    this.#queue = queue
    state.listen((portal, change) => {
      this.#tell(portal, change)
    })
  }

  set subscriptions(subscriptions: readonly Subscription[]) {
    this.#audience = audienceOf(subscriptions)
  }

  #tell(portal: Portal, change: Change): void {
    if (this.#audience.size === 0 || !audible(change.type, this.audible)) return
    const site = {
      portal,
      appId: this.#state.appId,
      at: Math.floor(this.#state.now()),
      nextEventId: () => ++this.#eventId,
    }
    this.#queue.add(eventsOf(this.#audience, change, site))
  }
}
