import type { HubspotLayout, Shape } from '../../../worker/crm/hubspot/layout.ts'
import { schemaName } from '../../../worker/crm/hubspot/names.ts'
import type { Problem } from '../problem.ts'
import { failed, type Step } from '../step.ts'
import { pathFor, readLabels } from './account.ts'
import { isUnmade } from './carrier.ts'
import type { HubspotClient } from './client.ts'
import type { Context } from './context.ts'
import type { Facts } from './facts.ts'
import { roomOf } from './limits.ts'
import type { Label, Results, Schema } from './metadata.ts'
import { labelPayloads, type LabelPayload, type Language } from './payloads.ts'
import { isThere, type Refused } from './refusal.ts'
import { startWork, type Work } from './work.ts'
import { t } from '../said/index.ts'

const isOwn = (type: string): boolean => type.startsWith('2-') || isUnmade(type)
/** HubSpot associates tasks and meetings with every custom object by itself. */
const ACTIVITIES = ['0-27', '0-47']

type Pair = [from: string, to: string]

/** Objects that lead to each other, and that the account doesn't associate yet. An object not made yet brings its customers. */
const pairsToAssociate = (schemas: readonly Schema[], shape: Shape, payloads: readonly LabelPayload[]): Pair[] => {
  const known = new Set(
    schemas.flatMap(({ associations = [] }) =>
      associations.flatMap(({ fromObjectTypeId: a, toObjectTypeId: b }) => [`${a} ${b}`, `${b} ${a}`]),
    ),
  )
  const pairs = new Map<string, Pair>()
  for (const { from, to } of payloads) {
    const types = [shape.types[from] ?? '', shape.types[to] ?? '']
    const comesByItself =
      types.some((type) => ACTIVITIES.includes(type)) || (types.some(isUnmade) && !types.every(isOwn))
    if (types.some(isOwn) && !comesByItself && !known.has(types.join(' '))) pairs.set(types.join(' '), [from, to])
  }
  return [...pairs.values()]
}

const found = (labels: readonly Label[], { texts }: LabelPayload): number | undefined =>
  labels.find(({ category, label }) => category === 'USER_DEFINED' && texts.includes(label ?? ''))?.typeId

/** HubSpot may have no labels between these two objects (tasks, meetings): the default association serves then. */
const isUnlabelled = ({ status }: Refused): boolean => status === 400 || status === 404 || status === 403

const makeLabel = async (
  client: HubspotClient,
  work: Work,
  shape: Shape,
  payload: LabelPayload,
): Promise<number | undefined> => {
  const { name, label, inverseLabel } = payload
  const params = { from: pathFor(shape, payload.from), to: pathFor(shape, payload.to) }
  const fine = (refused: Refused): boolean => isThere(refused) || isUnlabelled(refused)
  const body = { name, label, inverseLabel }
  const made = await work.attempt<Results<Label>>('makeLabel', { params, body }, fine)
  if (made?.ok) return found(made.value.results, payload)
  if (made && isThere(made.refused)) {
    // a try before made it, and its answer was lost
    const read = await readLabels(client, shape, payload.from, payload.to)
    return read.ok ? found(read.value, payload) : undefined
  }
  if (made && isUnlabelled(made.refused))
    work.line(t`${payload.key}: HubSpot takes no label here (${made.refused.message}); the default association serves`)
  return undefined
}

export interface Labelled {
  step: Step
  labels: HubspotLayout['labels']
}

/** Every label that the model wants, and the type id of those that are there. */
export const labelsThere = async (
  { client, progress }: Context,
  shape: Shape,
  language: Language,
): Promise<
  { ok: true; all: { payload: LabelPayload; typeId: number | undefined }[] } | { ok: false; problem: Problem }
> => {
  const all: { payload: LabelPayload; typeId: number | undefined }[] = []
  for (const object of Object.keys(shape.types)) {
    progress(t`Looking at the associations of ${object}`)
    for (const payload of labelPayloads(shape, object, language)) {
      const read = await readLabels(client, shape, payload.from, payload.to)
      if (!read.ok) return read
      all.push({ payload, typeId: found(read.value, payload) })
    }
  }
  return { ok: true, all }
}

/** Makes the associations between Ladder's own objects, and a label for each relation of the model. */
export const labelsStep = async (
  context: Context,
  { limits }: Facts,
  shape: Shape,
  language: Language,
  write: boolean,
): Promise<Labelled> => {
  const name = 'Make the associations'
  const there = await labelsThere(context, shape, language)
  if (!there.ok) return { step: failed(name, there.problem), labels: {} }
  const work = startWork(context.client, name, write)
  const absent = there.all.filter(({ typeId }) => typeId === undefined).map(({ payload }) => payload)
  const isFull = ({ from, to }: LabelPayload): boolean =>
    roomOf(limits.labels.get(`${shape.types[from]} ${shape.types[to]}`)) === 0
  const missing = absent.filter((payload) => !isFull(payload))
  for (const { key } of absent.filter(isFull))
    work.line(t`${key}: there is no room for one more label; the default association serves`)
  const schemas = shape.carrier === 'custom' ? await context.client.call<Results<Schema>>('schemas') : undefined
  if (schemas && !schemas.ok) return { step: failed(name, schemas.problem), labels: {} }
  const payloads = there.all.map(({ payload }) => payload)
  for (const [from, to] of pairsToAssociate(schemas?.value.results ?? [], shape, payloads)) {
    const [objectType = '', other = ''] = [shape.types[from], shape.types[to]]
    work.line(t`${from} and ${to} can be associated`)
    const body = {
      fromObjectTypeId: objectType,
      toObjectTypeId: other,
      name: `${schemaName(from)}_to_${schemaName(to)}`,
    }
    await work.attempt('associate', { params: { objectType }, body })
  }
  if (missing.length > 0) work.line(t`${missing.length} labels: ${missing.map(({ key }) => key).join(', ')}`)
  const labels = new Map(
    there.all.flatMap(({ payload, typeId }) => (typeId === undefined ? [] : [[payload.key, typeId]])),
  )
  for (const payload of missing) {
    context.progress(t`Making the label ${payload.name}`)
    const typeId = await makeLabel(context.client, work, shape, payload)
    if (typeId !== undefined) labels.set(payload.key, typeId)
  }
  return { step: work.step('they are all there'), labels: Object.fromEntries(labels) }
}
