import type { Shape } from '../../../worker/crm/hubspot/layout.ts'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import type { Problem, Result } from '../problem.ts'
import { ok } from '../problem.ts'
import { readObject } from './account.ts'
import { compareObject, languageIn, type Comparison } from './compare.ts'
import type { Context } from './context.ts'
import type { Facts } from './facts.ts'
import { roomOf } from './limits.ts'
import type { ObjectState } from './metadata.ts'
import { propertyPage } from './pages.ts'
import type { Language } from './payloads.ts'
import { t } from '../said/index.ts'

/** How each object of the account differs from the model, read afresh. */
export interface Survey {
  language: Language
  comparisons: Comparison[]
}

/** Reads every carried object and compares it. */
export const survey = async (context: Context, facts: Facts, shape: Shape): Promise<Result<Survey>> => {
  const states = new Map<string, ObjectState>()
  for (const object of Object.keys(shape.types)) {
    context.progress(t`Reading the definition of ${object}`)
    const state = await readObject(context.client, shape, object)
    if (!state.ok) return state
    states.set(object, state.value)
  }
  const company = states.get('company')
  const language = context.options.language ?? (company && languageIn(shape, company)) ?? defaultPlaybook.language
  return ok({
    language,
    comparisons: [...states].map(([object, state]) => compareObject(facts, shape, object, state, language)),
  })
}

const count = ({ findings }: Comparison, ...kinds: string[]): number =>
  findings.filter(({ kind }) => kinds.includes(kind)).length

/** What HubSpot's limits don't leave room for; nothing where they aren't known. */
export const tooMuch = (facts: Facts, shape: Shape, comparisons: readonly Comparison[]): Problem[] => {
  const { limits } = facts
  return comparisons.flatMap((comparison): Problem[] => {
    const { object } = comparison
    const type = shape.types[object] ?? ''
    const wanted = count(comparison, 'missing', 'archived')
    const free = roomOf(limits.properties.get(type))
    const pipelines = count(comparison, 'pipeline')
    const freePipelines = roomOf(shape.carrier === 'deal' ? limits.dealPipelines : limits.customPipelines)
    return [
      ...(free !== undefined && wanted > free
        ? [
            {
              what: t`${wanted} more properties are needed, and ${free} fit`,
              where: t`object ${object}`,
              todo: t`Archive some in ${propertyPage(facts, type)}, then run again.`,
            },
          ]
        : []),
      ...(freePipelines !== undefined && pipelines > freePipelines
        ? [
            {
              what: t`${pipelines} more pipeline is needed, and none fits`,
              where: t`object ${object}`,
              todo: 'Delete a pipeline that nobody uses, or take an edition that has more; then run again.',
            },
          ]
        : []),
    ]
  })
}
