import { answer } from '../bodies/actions.ts'
import type { State } from '../state.ts'
import { signatureHeaders } from '../webhooks/signature.ts'
import type { SignatureVersion } from '../webhooks/signature.ts'
import type { Callbacks } from './callbacks.ts'

/** A step of a workflow that calls an action of the app. */
export interface ActionRun {
  /** The action's address as the project names it; it is what is signed. */
  url: string
  /** Where it is sent to instead; `url` when not said. */
  deliverTo?: string
  portalId?: number
  /** The record that goes through the workflow. */
  object?: { objectId: number | string; objectType: string; properties?: Record<string, string | null> }
  inputFields: Record<string, string>
  /** Made up when left out; give one again to play a retry. */
  callbackId?: string
  workflowId?: number
  signatures?: SignatureVersion[]
  /** Tries after a 5xx or no answer, all with one callback id; 3 when not said. */
  retries?: number
}

export type ActionState = 'SUCCESS' | 'FAIL_CONTINUE' | 'BLOCK' | 'FAILED'

export interface ActionResult {
  callbackId: string
  state: ActionState
  outputFields: Record<string, string | null>
  /** The answers in order; null where nobody answered. */
  statuses: (number | null)[]
  body: string
}

const WEEK_MS = 7 * 86_400_000
const TIMEOUT_MS = 20_000

/** Ms of `PT15M`, `P1DT2H`; a week when it can't be read. */
function duration(text: string | null | undefined): number {
  const found = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text ?? '')
  if (!found || text === 'P') return WEEK_MS
  const [, weeks = '0', days = '0', hours = '0', minutes = '0', seconds = '0'] = found
  const inHours = (Number(weeks) * 7 + Number(days)) * 24 + Number(hours)
  return ((inHours * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
}

/** Plays a workflow's step: signs the call, tries again on 5xx, understands what comes back. */
export class ActionRunner {
  readonly #state: State
  readonly #callbacks: Callbacks
  readonly #secret: string
  #executions = 0

  constructor(state: State, callbacks: Callbacks, secret: string) {
    this.#state = state
    this.#callbacks = callbacks
    this.#secret = secret
  }

  async run(run: ActionRun): Promise<ActionResult> {
    const execution = ++this.#executions
    const portalId = run.portalId ?? [...this.#state.portals.keys()][0] ?? 0
    const callbackId = run.callbackId ?? `ap-${portalId}-${403_081_688_000 + execution}-1-0`
    const body = JSON.stringify(this.#request(run, portalId, callbackId, execution))
    const statuses: (number | null)[] = []
    let text = ''
    for (let attempt = 0; attempt <= (run.retries ?? 3); attempt++) {
      const answered = await this.#post(run, body)
      statuses.push(answered.status)
      text = answered.text
      if (answered.status !== null && answered.status < 500 && answered.status !== 429) break
    }
    return { callbackId, statuses, body: text, ...this.#outcome(callbackId, portalId, statuses.at(-1) ?? null, text) }
  }

  #request(run: ActionRun, portalId: number, callbackId: string, execution: number): object {
    const { object, inputFields, workflowId = 1 } = run
    const typed = Object.entries(inputFields).map(([name, value]) => [name, { value, type: 'STRING' }])
    return {
      callbackId,
      origin: {
        portalId,
        actionDefinitionId: 1,
        actionDefinitionVersion: 1,
        actionExecutionIndexIdentifier: { enrollmentId: execution, actionExecutionIndex: 0 },
        extensionDefinitionId: 1,
        extensionDefinitionVersionId: 1,
      },
      context: { source: 'WORKFLOWS', workflowId, actionId: 1 },
      ...(object ? { object: { ...object, objectId: Number(object.objectId) } } : {}),
      fields: inputFields,
      inputFields,
      typedInputs: Object.fromEntries(typed),
    }
  }

  async #post(run: ActionRun, body: string): Promise<{ status: number | null; text: string }> {
    const call = { method: 'POST', uri: run.url, body, secret: this.#secret, at: this.#state.now() }
    const headers = { 'Content-Type': 'application/json', ...signatureHeaders(run.signatures ?? ['v2'], call) }
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS)
      const response = await fetch(run.deliverTo ?? run.url, { method: 'POST', headers, body, signal })
      return { status: response.status, text: await response.text() }
    } catch (error) {
      return { status: null, text: error instanceof Error ? error.message : String(error) }
    }
  }

  #outcome(
    callbackId: string,
    portalId: number,
    status: number | null,
    text: string,
  ): { state: ActionState; outputFields: Record<string, string | null> } {
    if (status === null || status >= 300) return { state: 'FAILED', outputFields: {} }
    const { outputFields = {} } = answer.parse(JSON.parse(text))
    const said = outputFields['hs_execution_state'] ?? 'SUCCESS'
    if (said === 'BLOCK') {
      const until = this.#state.now() + duration(outputFields['hs_expiration_duration'])
      this.#callbacks.block(callbackId, portalId, until)
    }
    const state = said === 'SUCCESS' || said === 'BLOCK' || said === 'FAIL_CONTINUE' ? said : 'FAILED'
    return { state, outputFields }
  }
}
