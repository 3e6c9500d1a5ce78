import { type Shape, standardType } from '../../../worker/crm/hubspot/layout.ts'
import { GROUP, isLadderPipeline, pipelineIdOf } from '../../../worker/crm/hubspot/names.ts'
import { failed, type Step } from '../step.ts'
import { pathFor, readObject } from './account.ts'
import type { CallName } from './calls.ts'
import type { Ask } from './client.ts'
import type { Context } from './context.ts'
import type { Facts } from './facts.ts'
import { objectPage, propertyPage } from './pages.ts'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { allRecords } from './records.ts'
import { labelsThere } from './steps-labels.ts'
import { startWork, type Work } from './work.ts'
import { t } from '../said/index.ts'

/** HubSpot archives so many records in a call. */
const BATCH = 100

/** What could not be taken away, and where a person can. */
interface Left {
  what: string
  page: string
}

/** Takes one thing away; what HubSpot keeps because it is used, or lets nobody have, is left and told. */
const take = async (work: Work, left: Left[], call: CallName, ask: Ask, { what, page }: Left): Promise<boolean> => {
  const done = await work.attempt(call, ask, ({ status }) => status >= 400 && status < 429 && status !== 401)
  if (!done || done.ok || done.refused.status === 404) return done !== undefined
  left.push({ what: `${what}: ${done.refused.message}`, page })
  return false
}

/** Puts all living records of an object (deals: of Ladder's pipelines) into the bin. */
export const dataStep = async ({ client, progress }: Context, shape: Shape): Promise<Step> => {
  const work = startWork(client, "Archive Ladder's records", true)
  const objects = Object.keys(shape.types).filter((object) => !standardType('custom', object))
  for (const object of objects) {
    const objectType = pathFor(shape, object)
    const isDeal = standardType(shape.carrier, object) !== undefined
    const ids: string[] = []
    for await (const page of allRecords(client, objectType, isDeal ? ['pipeline'] : [])) {
      if (!page.ok) return failed("Archive Ladder's records", page.problem)
      for (const { id, archived, properties } of page.value)
        if (archived !== true && (!isDeal || isLadderPipeline(properties.pipeline ?? ''))) ids.push(id)
    }
    if (ids.length > 0) work.line(`${object}: ${ids.length}`)
    for (let from = 0; from < ids.length; from += BATCH) {
      progress(`Archiving records of ${object}: ${from}`)
      const inputs = ids.slice(from, from + BATCH).map((id) => ({ id }))
      await work.attempt('archive', { params: { objectType }, body: { inputs } }, () => false)
    }
  }
  return work.step('there are none')
}

/** Takes away Ladder's properties of an object, and the group when none is left in it. */
const takeProperties = async (
  context: Context,
  facts: Facts,
  shape: Shape,
  object: string,
  { work, left }: { work: Work; left: Left[] },
): Promise<void> => {
  const objectType = pathFor(shape, object)
  const page = propertyPage(facts, shape.types[object] ?? '')
  const state = await readObject(context.client, shape, object)
  if (!state.ok) return work.fail(state.problem)
  const own = state.value.properties.filter(({ groupName }) => groupName === GROUP)
  if (own.length === 0 && !state.value.groups.includes(GROUP)) return undefined
  const before = left.length
  for (const { name: propertyName } of own) {
    // what a person put into the group isn't Ladder's
    if (!propertyName.startsWith('ladder_'))
      left.push({ what: `property ${object}.${propertyName}: not Ladder's`, page })
    else
      await take(
        work,
        left,
        'dropProperty',
        { params: { objectType, propertyName } },
        {
          what: t`property ${object}.${propertyName}`,
          page,
        },
      )
  }
  work.line(`${object}: ${own.length - (left.length - before)} properties archived`)
  if (left.length === before)
    await take(work, left, 'dropGroup', { params: { objectType, groupName: GROUP } }, { what: `group ${object}`, page })
  return undefined
}

const takePipelines = async (
  facts: Facts,
  shape: Shape,
  { work, left }: { work: Work; left: Left[] },
): Promise<boolean> => {
  const objectType = pathFor(shape, 'development')
  const page = objectPage(facts, shape.types.development ?? '', 'pipelines')
  let isGone = true
  for (const { code } of defaultPlaybook.pipelines) {
    const pipelineId = pipelineIdOf(code)
    const what = t`pipeline ${pipelineId}`
    if (await take(work, left, 'dropPipeline', { params: { objectType, pipelineId } }, { what, page }))
      work.line(`${what} deleted`)
    else isGone = false
  }
  return isGone
}

/**
 * Takes away what is Ladder's and isn't used: pipelines without records, objects without records, properties that no
 * workflow, list or form needs, labels. What stays is listed with the page where a person can see why.
 */
export const removeStep = async (context: Context, facts: Facts, shape: Shape): Promise<Step & { left: Left[] }> => {
  const name = 'Remove what is unused'
  const left: Left[] = []
  const work = startWork(context.client, name, true)
  const at = { work, left }
  const labels = await labelsThere(context, shape, 'en')
  if (!labels.ok) return { ...failed(name, labels.problem), left }
  const stays = new Set<string>()
  if (shape.types.development && !(await takePipelines(facts, shape, at))) stays.add('development')
  for (const object of Object.keys(shape.types)) {
    if (standardType(shape.carrier, object) !== undefined || stays.has(object)) continue
    context.progress(`Removing the object ${object}`)
    const objectType = pathFor(shape, object)
    const page = objectPage(facts, objectType, 'setup')
    if (await take(work, left, 'dropSchema', { params: { objectType } }, { what: t`object ${object}`, page }))
      work.line(`object ${object} archived`)
    else stays.add(object)
  }
  const isGone = (object: string): boolean => standardType(shape.carrier, object) === undefined && !stays.has(object)
  for (const { payload, typeId } of labels.all) {
    const { key, from, to } = payload
    if (typeId === undefined || isGone(from) || isGone(to) || stays.has(from) || stays.has(to)) continue
    const params = { from: pathFor(shape, from), to: pathFor(shape, to), typeId: String(typeId) }
    const page = objectPage(facts, shape.types[from] ?? '', 'associations')
    await take(work, left, 'dropLabel', { params }, { what: `label ${key}`, page })
  }
  for (const object of Object.keys(shape.types)) {
    // an object that stays keeps its properties, and so do deals that are still in Ladder's pipeline
    if (standardType(shape.carrier, object) === undefined || stays.has(object)) continue
    context.progress(`Removing the properties of ${object}`)
    await takeProperties(context, facts, shape, object, at)
    if (work.isFailed()) break
  }
  const step = work.step('there is nothing')
  return { ...step, lines: [...step.lines, ...left.map(({ what, page }) => `stays: ${what} (${page})`)], left }
}
