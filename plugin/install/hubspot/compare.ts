import type { Shape } from '../../../worker/crm/hubspot/layout.ts'
import { GROUP, ladderProperties, type LadderProperty } from '../../../worker/crm/hubspot/names.ts'
import type { Problem } from '../problem.ts'
import { pathFor } from './account.ts'
import { isUnmade } from './carrier.ts'
import type { Facts } from './facts.ts'
import { roomOf } from './limits.ts'
import type { ObjectState, Option, Pipeline, Property } from './metadata.ts'
import { propertyPage } from './pages.ts'
import { mayBePlain } from './plain-keys.ts'
import {
  groupPayload,
  inWords,
  isAtBirth,
  pipelinePayloads,
  propertyPayload,
  type Language,
  type PipelinePayload,
  type PropertyPayload,
} from './payloads.ts'
import { t } from '../said/index.ts'

/** One way in which an object of the account differs from the model, and what puts it right. */
export type Finding =
  | { kind: 'group'; payload: typeof groupPayload }
  | { kind: 'missing'; payload: PropertyPayload }
  | { kind: 'archived'; payload: PropertyPayload }
  | { kind: 'options'; property: string; options: Option[]; missing: string[] }
  | { kind: 'pipeline'; payload: PipelinePayload }
  | { kind: 'stage'; pipelineId: string; payload: PipelinePayload['stages'][number] }

/** What of an object is to be done, what stands in the way, and what a person should know. */
export interface Comparison {
  object: string
  findings: Finding[]
  clashes: Problem[]
  /** What neither stands in the way nor can be put right by Ladder. */
  faults: Problem[]
  /** Its key is there and isn't unique, and Ladder can do without. */
  isPlain: boolean
  /** Pipelines that the account has no room for and that Ladder can do without. */
  left: string[]
}

/** The account's options as they are sent back, the missing ones behind them: HubSpot takes the whole list alone. */
const withMissing = (there: readonly Option[], missing: readonly Option[]): Option[] => [
  ...there.map(({ label, value, displayOrder, hidden, description }) => ({
    label,
    value,
    displayOrder,
    hidden,
    ...(description ? { description } : {}),
  })),
  ...missing.map((option, at) => ({ ...option, displayOrder: there.length + at })),
]

const clash = (what: string, where: string, todo: string): Problem => ({ what, where, todo })

/** A property of the same name that isn't Ladder's, or no longer has its shape. Undefined: it is Ladder's. */
const clashOf = (
  payload: PropertyPayload,
  found: Property,
  isFree: boolean,
  { where, page }: { where: string; page: string },
): Problem | undefined => {
  const { name, label, groupName, type } = found
  const archived = found.archived === true ? 'archived ' : ''
  if (!isFree && groupName !== GROUP)
    return clash(
      t`an ${archived || 'own '}property called ${name} ("${label}", group ${groupName}) is there already, and it isn't Ladder's`,
      where,
      t`Nothing was written. A property's name can't be changed: ${archived ? 'delete it for good' : 'move its values to another one and delete it'} in ${page}. If it is Ladder's and was moved, put it back into the group Ladder.`,
    )
  if (type !== payload.type)
    return clash(
      t`${archived}property ${name} is of type ${type}, Ladder needs ${payload.type}`,
      where,
      t`Nothing was written. A type can't be changed safely: delete the property in ${page} (export its values first), then run again.`,
    )
  return undefined
}

/** Ladder finds its records by a unique key; what was made without can't be changed. */
const notUnique = (name: string, where: string, page: string): Problem => ({
  what: t`its values aren't unique, so HubSpot refuses to write Ladder's records by ${name}`,
  where,
  todo: t`Delete the property for good in ${page}, then \`ladder apply\`. Until then what Ladder writes to this object goes to its dead letters.`,
})

const compareProperty = (
  made: LadderProperty,
  { properties, archived }: ObjectState,
  language: Language,
  isFree: boolean,
  at: { where: string; page: string },
): { finding?: Finding; clash?: Problem; fault?: Problem } => {
  const payload = propertyPayload(made, language)
  const named = ({ name }: Property): boolean => name === made.name
  const found = properties.find(named)
  const gone = archived.find(named)
  if (!found && !gone) return { finding: { kind: 'missing', payload } }
  const problem = clashOf(payload, found ?? ({ ...gone, archived: true } as Property), isFree, at)
  if (problem) return { clash: problem }
  if (!found) return { finding: { kind: 'archived', payload } }
  const fault =
    payload.hasUniqueValue && found.hasUniqueValue === false
      ? { fault: notUnique(payload.name, at.where, at.page) }
      : {}
  const values = new Set(found.options.map(({ value }) => value))
  const missing = payload.options.filter(({ value }) => !values.has(value))
  if (missing.length === 0) return fault
  const options = withMissing(found.options, missing)
  return {
    ...fault,
    finding: { kind: 'options', property: made.name, options, missing: missing.map(({ value }) => value) },
  }
}

const comparePipeline = (
  payload: PipelinePayload,
  pipelines: readonly Pipeline[],
): { findings: Finding[]; clash?: Problem } => {
  const { pipelineId, label } = payload
  const found = pipelines.find(({ id }) => id === pipelineId)
  const other = pipelines.find((one) => one.label.toLowerCase() === label.toLowerCase())
  if (!found && other)
    return {
      findings: [],
      clash: clash(
        t`a pipeline called "${label}" (${other.id}) is there already, and it isn't Ladder's`,
        t`pipeline ${pipelineId}`,
        'Nothing was written. Give that pipeline another name in Settings → Objects → Pipelines, then run again.',
      ),
    }
  if (!found) return { findings: [{ kind: 'pipeline', payload }] }
  const there = new Set(found.stages.map(({ id }) => id))
  const missing = payload.stages.filter(({ stageId }) => !there.has(stageId))
  return { findings: missing.map((stage) => ({ kind: 'stage', pipelineId, payload: stage })) }
}

/** The first pipeline is needed; of the others as many are made as fit. `room`: undefined where HubSpot doesn't tell. */
const fitting = (findings: Finding[], room = Infinity): { kept: Finding[]; left: string[] } => {
  const [first] = pipelinePayloads('custom', 'en')
  const left: string[] = []
  let free = room
  const kept = findings.filter((finding) => {
    if (finding.kind !== 'pipeline') return true
    const { pipelineId, label } = finding.payload
    const fits = free-- > 0 || pipelineId === first?.pipelineId
    if (!fits) left.push(label)
    return fits
  })
  return { kept, left }
}

/** Everything in which one object of the account differs from the model. What an owner added or reworded is left alone. */
export const compareObject = (
  facts: Facts,
  shape: Shape,
  object: string,
  state: ObjectState,
  language: Language,
): Comparison => {
  const objectType = pathFor(shape, object)
  const page = propertyPage(facts, shape.types[object] ?? objectType)
  // what is made with its object needs no call of its own
  const wanted = ladderProperties(shape, object).filter(
    ({ name }) => !(isUnmade(objectType) && isAtBirth(shape.carrier, object, name)),
  )
  const compared = wanted.map((made) =>
    compareProperty(made, state, language, isAtBirth(shape.carrier, object, made.name), {
      where: t`property ${object}.${made.name}`,
      page,
    }),
  )
  const properties = compared.flatMap(({ finding }) => finding ?? [])
  const faults = compared.flatMap(({ fault }) => fault ?? [])
  const isPlain = faults.length > 0 && mayBePlain(shape, object)
  const group: Finding[] = state.groups.includes(GROUP) ? [] : [{ kind: 'group', payload: groupPayload }]
  const pipelines =
    object === 'development'
      ? pipelinePayloads(shape.carrier, language).map((payload) => comparePipeline(payload, state.pipelines))
      : []
  const { kept, left } = fitting(
    pipelines.flatMap((one) => one.findings),
    roomOf(shape.carrier === 'deal' ? facts.limits.dealPipelines : facts.limits.customPipelines),
  )
  return {
    object,
    findings: [...group, ...properties, ...kept],
    left,
    clashes: [...compared, ...pipelines].flatMap(({ clash: problem }) => problem ?? []),
    faults: isPlain ? [] : faults,
    isPlain,
  }
}

/** A finding as verify tells it. */
export const differenceOf = (object: string, finding: Finding): { where: string; what: string } => {
  switch (finding.kind) {
    case 'group':
      return { where: t`property group ${object}.${finding.payload.name}`, what: 'it is missing' }
    case 'missing':
      return { where: t`property ${object}.${finding.payload.name}`, what: 'it is missing' }
    case 'archived':
      return { where: t`property ${object}.${finding.payload.name}`, what: 'it is archived' }
    case 'options':
      return {
        where: t`property ${object}.${finding.property}`,
        what: t`options are missing: ${finding.missing.join(', ')}`,
      }
    case 'pipeline':
      return { where: t`pipeline ${object}.${finding.payload.pipelineId}`, what: 'it is missing' }
    case 'stage':
      return { where: t`stage ${finding.pipelineId}.${finding.payload.stageId}`, what: 'it is missing' }
  }
}

/** The language in which the account's labels are: of a property that every account has; undefined when none is there. */
export const languageIn = (shape: Shape, company: ObjectState): Language | undefined => {
  const labels = new Map(company.properties.map(({ name, label }) => [name, label]))
  for (const { name, label } of ladderProperties(shape, 'company'))
    for (const language of ['zh-CN', 'en'] as const) if (labels.get(name) === inWords(label, language)) return language
  return undefined
}
