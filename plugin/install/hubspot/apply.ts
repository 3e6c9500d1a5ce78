import { isPlainHttp } from '../context.ts'
import { ok, type Result } from '../problem.ts'
import { changed, failed, reportOf, type Report, type Step } from '../step.ts'
import { chooseCarrier, shapeFor, type Choice } from './carrier.ts'
import { connectStep, hasClientSecret, layoutOf, NO_SECRET } from './connect.ts'
import { accountFor, type Context } from './context.ts'
import { readFacts, type Facts } from './facts.ts'
import { appOf, journalStep } from './journal.ts'
import { plainKeyNotices, plainKeysOf, readPlainKeys, unknownKeyNotices } from './plain-keys.ts'
import { recordsStep } from './records.ts'
import { DOCUMENTS, MARKETING, missingScopes, NO_DOCUMENTS, probesFor } from './scopes.ts'
import { labelsStep } from './steps-labels.ts'
import { fitLines, objectsStep } from './steps-objects.ts'
import { pipelinesStep, propertiesStep } from './steps-properties.ts'
import { survey, tooMuch } from './survey.ts'
import { listOf, t } from '../said/index.ts'

type Chosen = Extract<Choice, { ok: true }>

const CHECK = 'Check HubSpot'

/** What the account is and what fits; failed when the token or the account won't do. */
export const checkStep = async (context: Context): Promise<{ step: Step; facts?: Facts; choice?: Chosen }> => {
  const { client, options, progress } = context
  progress(t`Asking ${client.url}`)
  const read = await readFacts(client)
  if (!read.ok) return { step: failed(CHECK, read.problem) }
  const facts = read.value
  const { portalId, accountType, timeZone, edition, limits } = facts
  const choice = chooseCarrier(options.carrier, facts.room)
  if (!choice.ok)
    return { step: failed(CHECK, { what: choice.what, where: t`portal ${portalId}`, todo: choice.todo }), facts }
  progress('Asking which scopes the token has')
  const probes = [
    ...probesFor(choice.carrier, facts.room.own.get('development')),
    ...(options.marketingEvents ? [MARKETING] : []),
  ]
  const missing = await missingScopes(client, probes)
  if (missing.length > 0)
    return {
      step: failed(CHECK, {
        what: t`the token lacks ${missing.join(', ')}`,
        where: t`portal ${portalId}`,
        todo: "Add them to the app's required scopes, upload it, install it again in this account; then run again.",
      }),
      facts,
    }
  const noDocuments = (await missingScopes(client, [DOCUMENTS])).length > 0
  const lines = [
    t`portal ${portalId} (${accountType.toLowerCase()}, ${edition ?? 'edition unknown'}, ${timeZone}); the token may install`,
    ...fitLines(choice, facts),
    ...(noDocuments ? [NO_DOCUMENTS] : []),
    ...limits.unknown.map((what) => t`HubSpot doesn't tell the limit of ${what}`),
  ]
  return { step: { name: CHECK, state: 'unchanged', lines }, facts, choice }
}

/** HubSpot may need a moment until a new object answers everywhere. */
const settled = async <T>({ client }: Context, read: () => Promise<Result<T>>): Promise<Result<T>> => {
  for (let tries = 1; ; tries++) {
    const found = await read()
    if (found.ok || tries >= 5) return found
    await client.wait(1000 * 2 ** tries)
  }
}

/**
 * Installs Ladder, or (`write: false`) says what that would do. Each step looks first at what is there, so a run that broke
 * off goes on where it was, and one more run changes nothing. Whatever isn't Ladder's and has a name that Ladder needs stops
 * it before anything is written.
 */
export const install = async (context: Context, write: boolean): Promise<Report> => {
  const steps: Step[] = []
  const notices: string[] = []
  const add = (step: Step): boolean => {
    steps.push(step)
    return step.state !== 'failed'
  }
  const { step: checked, facts, choice } = await checkStep(context)
  const account = facts && accountFor(context, facts.portalId)
  const report = (): Report => reportOf(steps, account, notices)
  if (!add(checked) || !facts || !choice || account === undefined) return report()
  for (const url of [context.client.url, context.options.ladderUrl])
    if (isPlainHttp(url)) notices.push(t`${url} is plain http: keys and customer data go over the network readable.`)

  const compare = 'Compare with the model'
  const planned = shapeFor(choice.carrier, choice.objects, facts.room.own)
  const before = await survey(context, facts, planned)
  if (!before.ok) {
    add(failed(compare, before.problem))
    return report()
  }
  const { language, comparisons } = before.value
  const clashes = [
    ...facts.clashes,
    ...comparisons.flatMap((one) => one.clashes),
    ...tooMuch(facts, planned, comparisons),
  ]
  if (clashes.length > 0) {
    add(failed(compare, ...clashes))
    return report()
  }
  const objects = await objectsStep(context, facts, choice, language, write)
  if (!add(objects.step)) return report()
  const { shape } = objects
  // a new object comes with properties of its own: look again
  const after =
    objects.step.state === changed(true) ? await settled(context, () => survey(context, facts, shape)) : before
  if (!after.ok) {
    add(failed(compare, after.problem))
    return report()
  }
  const left = after.value.comparisons.flatMap((one) => one.left)
  if (left.length > 0) notices.push(t`There is no room for the pipelines ${left.join(', ')}: they are left out.`)
  for (const { where, what, todo } of after.value.comparisons.flatMap((one) => one.faults))
    notices.push(`${where}: ${what}. ${todo}`)
  const properties = await propertiesStep(context, shape, after.value.comparisons, write)
  if (!add(properties)) return report()
  const plain =
    properties.state === 'done'
      ? await settled(context, () => readPlainKeys(context.client, shape))
      : ok(plainKeysOf(after.value.comparisons))
  if (!plain.ok) {
    add(failed(compare, plain.problem))
    return report()
  }
  notices.push(...plainKeyNotices(plain.value), ...(write ? [] : unknownKeyNotices(after.value.comparisons)))
  if (!add(await pipelinesStep(context, shape, after.value.comparisons, write))) return report()
  const labelled = await labelsStep(context, facts, shape, language, write)
  if (!add(labelled.step)) return report()
  const layout = layoutOf(facts, shape, labelled.labels, plain.value, context.options.marketingEvents ?? false)
  if (!add(await recordsStep(context, layout, write))) return report()
  const app = appOf(context)
  if (app) {
    const journal = await journalStep(context, app, shape, facts.portalId, write)
    add(journal)
    if (journal.state === 'open') notices.push(t`No journal of changes: ${listOf(journal.lines, '. ')}`)
  }

  context.progress(t`Asking the Worker at ${context.worker.url}`)
  const state = await context.worker.state(account)
  const connected = await connectStep(context, account, state, layout, write)
  add(connected)
  if (connected.state === 'open')
    notices.push(t`Ladder isn't connected yet. ${listOf(connected.lines, ' ')} Until then nothing is followed up.`)
  else if (!context.options.clientSecret && !hasClientSecret(state)) notices.push(NO_SECRET)
  return report()
}
