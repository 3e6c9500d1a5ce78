import type { Shape } from '../../../worker/crm/hubspot/layout.ts'
import type { Step } from '../step.ts'
import { isUnmade, shapeFor, WITHOUT, type Choice } from './carrier.ts'
import type { Context } from './context.ts'
import type { Facts } from './facts.ts'
import type { Schema } from './metadata.ts'
import { objectPage } from './pages.ts'
import { schemaPayload, type Language } from './payloads.ts'
import { isThere } from './refusal.ts'
import { startWork } from './work.ts'
import { t } from '../said/index.ts'

type Chosen = Extract<Choice, { ok: true }>

/** What fits and what doesn't, object by object. */
export const fitLines = ({ carrier, objects, left, why }: Chosen, facts: Facts): string[] => {
  const { customObjects } = facts.limits
  const room = customObjects ? t`; ${customObjects.usage} of ${customObjects.limit} custom objects are used` : ''
  return [
    t`carrier ${carrier}: ${why}${room}`,
    t`carried: ${objects.join(', ')}`,
    ...(carrier === 'deal'
      ? ['not carried: the playbook stays in Ladder, results are properties and tasks']
      : left.map((object) => t`left out: ${object}: ${WITHOUT[object]}`)),
  ]
}

/** Where each carried object is; those that the step could not make yet have no id. */
export interface Made {
  step: Step
  shape: Shape
}

/** Makes the custom objects that are missing, each with its title and key. */
export const objectsStep = async (
  context: Context,
  facts: Facts,
  { carrier, objects }: Chosen,
  language: Language,
  write: boolean,
): Promise<Made> => {
  const { client, progress } = context
  const own = new Map(facts.room.own)
  const planned = shapeFor(carrier, objects, own)
  const work = startWork(client, 'Make the objects', write)
  for (const object of objects.filter((one) => isUnmade(planned.types[one] ?? ''))) {
    const payload = schemaPayload(planned, object, language)
    if (!payload) continue
    progress(t`Making the object ${payload.name}`)
    const gone = facts.archived.get(object)
    if (gone) {
      work.line(t`${payload.name}: delete the archived one for good (it has no records), for its name is taken`)
      const ask = { params: { objectType: gone }, query: { archived: 'true' } }
      await work.attempt('dropSchema', ask, ({ status }) => status === 404)
    }
    work.line(`${payload.name}: "${payload.labels.singular}"`)
    const made = await work.attempt<Schema>('makeSchema', { body: payload }, isThere)
    if (made?.ok) own.set(object, made.value.objectTypeId)
    if (made && !made.ok && isThere(made.refused))
      work.fail({ ...made.problem, todo: t`Run it again. If that doesn't help: ${objectPage(facts, '2-0', 'setup')}` })
  }
  return { step: work.step('they are all there'), shape: shapeFor(carrier, objects, own) }
}
