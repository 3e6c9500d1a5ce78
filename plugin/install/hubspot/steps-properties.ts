import type { Shape } from '../../../worker/crm/hubspot/layout.ts'
import type { Step } from '../step.ts'
import { pathFor } from './account.ts'
import type { Comparison, Finding } from './compare.ts'
import type { Context } from './context.ts'
import type { PropertyPayload } from './payloads.ts'
import { isThere, type Refused } from './refusal.ts'
import { startWork, type Work } from './work.ts'
import { listOf, t } from '../said/index.ts'

/** HubSpot takes so many properties in a call. */
const BATCH = 100

type Of<Kind extends Finding['kind']> = Extract<Finding, { kind: Kind }>

const ofKind = <Kind extends Finding['kind']>({ findings }: Comparison, kind: Kind): Of<Kind>[] =>
  findings.filter((finding): finding is Of<Kind> => finding.kind === kind)

const isAboutUnique = ({ status, message }: Refused): boolean => status === 400 && /unique/i.test(message)

/**
 * Makes properties one by one, where HubSpot didn't take them together. One that may not be unique on this object is made
 * plain: Ladder then finds its records by search.
 */
const makeSingly = async (work: Work, objectType: string, payloads: PropertyPayload[]): Promise<void> => {
  const fine = (refused: Refused): boolean => isThere(refused) || isAboutUnique(refused)
  for (const payload of payloads) {
    const params = { objectType }
    const made = await work.attempt('makeProperty', { params, body: payload }, payload.hasUniqueValue ? fine : isThere)
    if (!made || made.ok || !isAboutUnique(made.refused)) continue
    work.line(t`${payload.name}: this account takes no unique values here, so it is made without`)
    await work.attempt('makeProperty', { params, body: { ...payload, hasUniqueValue: false } })
  }
}

const makeMissing = async (work: Work, objectType: string, payloads: PropertyPayload[]): Promise<void> => {
  for (let from = 0; from < payloads.length && !work.isFailed(); from += BATCH) {
    const inputs = payloads.slice(from, from + BATCH)
    const whole = ({ status }: Refused): boolean => status === 400 || status === 409
    const made = await work.attempt<{ errors?: unknown[] }>(
      'makeProperties',
      { params: { objectType }, body: { inputs } },
      whole,
    )
    // refused as a whole, or in part: one by one says which, and why
    const isPartly = made?.ok === true && (made.value.errors?.length ?? 0) > 0
    if ((made && !made.ok) || isPartly) await makeSingly(work, objectType, inputs)
  }
}

/** Brings an archived property of Ladder's back, as the model has it now. */
const restore = async (work: Work, objectType: string, payload: PropertyPayload): Promise<void> => {
  const { name, label, description, groupName, fieldType, formField, options } = payload
  // its type and its being unique can't change
  const rest = { label, description, groupName, fieldType, formField, options }
  await work.attempt('makeProperty', { params: { objectType }, body: payload })
  await work.attempt('changeProperty', { params: { objectType, propertyName: name }, body: rest })
}

const counted = (count: number, word: string): string[] => (count > 0 ? [t`${count} ${word}`] : [])

/** Makes groups and properties, restores Ladder's archived ones, adds options. Never takes one away. */
export const propertiesStep = async (
  { client, progress }: Context,
  shape: Shape,
  comparisons: readonly Comparison[],
  write: boolean,
): Promise<Step> => {
  const work = startWork(client, 'Make the properties', write)
  for (const comparison of comparisons) {
    const { object } = comparison
    const objectType = pathFor(shape, object)
    const missing = ofKind(comparison, 'missing').map(({ payload }) => payload)
    const archived = ofKind(comparison, 'archived').map(({ payload }) => payload)
    const options = ofKind(comparison, 'options')
    const words = [
      ...counted(ofKind(comparison, 'group').length, 'group'),
      ...counted(missing.length, 'properties'),
      ...counted(archived.length, 'archived ones restored'),
      ...options.map(({ property, missing: codes }) => t`${property} gets ${codes.join(', ')}`),
    ]
    if (words.length === 0) continue
    progress(t`Making properties of ${object}`)
    work.line(t`${object}: ${listOf(words, '; ')}`)
    for (const { payload } of ofKind(comparison, 'group'))
      await work.attempt('makeGroup', { params: { objectType }, body: payload })
    await makeMissing(work, objectType, missing)
    for (const payload of archived) await restore(work, objectType, payload)
    for (const { property, options: all } of options)
      await work.attempt('changeProperty', { params: { objectType, propertyName: property }, body: { options: all } })
    if (work.isFailed()) break
  }
  return work.step('they are all there')
}

/** Makes Ladder's pipelines with their stages; those of people are left alone. */
export const pipelinesStep = async (
  { client }: Context,
  shape: Shape,
  comparisons: readonly Comparison[],
  write: boolean,
): Promise<Step> => {
  const work = startWork(client, 'Make the pipelines', write)
  for (const comparison of comparisons) {
    const objectType = pathFor(shape, comparison.object)
    for (const { payload } of ofKind(comparison, 'pipeline')) {
      const { pipelineId } = payload
      work.line(t`${pipelineId}: "${payload.label}" with ${payload.stages.length} stages`)
      const made = await work.attempt('makePipeline', { params: { objectType }, body: payload })
      // its id is taken and it isn't listed: it is in the bin
      const ask = { params: { objectType, pipelineId }, body: { archived: false } }
      const back = made && !made.ok ? await work.attempt('changePipeline', ask, () => true) : undefined
      if (made && !made.ok && back && !back.ok) work.fail(made.problem)
    }
    for (const { pipelineId, payload } of ofKind(comparison, 'stage')) {
      const { stageId, metadata } = payload
      work.line(t`${pipelineId}: stage ${stageId}`)
      const made = await work.attempt('makeStage', { params: { objectType, pipelineId }, body: payload })
      if (made && !made.ok)
        await work.attempt('changeStage', {
          params: { objectType, pipelineId, stageId },
          body: { archived: false, metadata },
        })
    }
  }
  return work.step('they are all there')
}
