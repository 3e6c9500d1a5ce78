import type { Portal } from '../portal.ts'
import type { Change, State } from '../state.ts'
import { audible, eventsOf } from './events.ts'
import type { Audible, Subscription } from './events.ts'
import type { WebhookQueue } from './queue.ts'

/** Turns changes into events for what the app has subscribed to, and hands them to the queue. */
export class WebhookFeed {
  subscriptions: Subscription[] = []
  audible: Audible = { customObjects: false, activities: false }
  readonly #state: State
  readonly #queue: WebhookQueue
  #eventId = 100

  constructor(state: State, queue: WebhookQueue) {
    this.#state = state
    this.#queue = queue
    state.listen((portal, change) => {
      this.#tell(portal, change)
    })
  }

  #tell(portal: Portal, change: Change): void {
    if (this.subscriptions.length === 0 || !audible(change.type, this.audible)) return
    const site = {
      portal,
      appId: this.#state.appId,
      at: Math.floor(this.#state.now()),
      nextEventId: () => ++this.#eventId,
    }
    this.#queue.add(eventsOf(this.subscriptions, change, site))
  }
}
