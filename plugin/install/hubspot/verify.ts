import { failed, lookedAt, reportOf, type Report, type Step } from '../step.ts'
import type { Problem } from '../problem.ts'
import { isAnswered } from '../connect.ts'
import { checkStep } from './apply.ts'
import { isUnmade, shapeFor } from './carrier.ts'
import { differenceOf } from './compare.ts'
import { connectionDifferences, consentLines, layoutOf, NO_SECRET } from './connect.ts'
import { accountFor, type Context } from './context.ts'
import { appOf, journalState } from './journal.ts'
import { labelsThere } from './steps-labels.ts'
import { plainKeyNotices, plainKeysOf } from './plain-keys.ts'
import { missingRecords } from './records.ts'
import { survey } from './survey.ts'
import type { HubspotLayout } from '../../../worker/crm/hubspot/layout.ts'
import { labelName, relationsOf, schemaName } from '../../../worker/crm/hubspot/names.ts'
import { listOf, t } from '../said/index.ts'

const TODO = 'Run `ladder apply`.'

/** What of the Worker is wrong. When it wasn't named and isn't there, that is only a notice. */
const workerStep = async (
  context: Context,
  account: string,
  layout: HubspotLayout,
  notices: string[],
): Promise<Step> => {
  const name = 'The Worker'
  const { worker, options } = context
  const where = t`account ${account} at ${worker.url}`
  const state = await worker.state(account)
  if (!isAnswered(state)) {
    if (options.isLadderUrlGiven) return failed(name, state.problem)
    notices.push(t`${state.problem.what}: whether it is connected isn't known. Name it with --ladder-url.`)
    return { name, state: 'unchanged', lines: ['not known'] }
  }
  if (state.kind === 'absent') return failed(name, { what: "it isn't connected", where, todo: TODO })
  if (!state.hasSecret) notices.push(NO_SECRET)
  const problems = connectionDifferences(context, state, layout).map((what) => ({ what, where, todo: TODO }))
  return lookedAt(name, listOf([t`it has the account ${account}`, ...consentLines(context, state)], '; '), problems)
}

/** Compares the account with the model, property by property, and changes nothing. Every difference is a problem. */
export const verify = async (context: Context): Promise<Report> => {
  const notices: string[] = []
  const { step, facts, choice } = await checkStep(context)
  const account = facts && accountFor(context, facts.portalId)
  const steps: Step[] = [step]
  const report = (...more: Step[]): Report => reportOf([...steps, ...more], account, notices)
  if (!facts || !choice || account === undefined) return report()

  const shape = shapeFor(choice.carrier, choice.objects, facts.room.own)
  const name = 'Objects, properties, pipelines'
  const found = await survey(context, facts, shape)
  if (!found.ok) return report(failed(name, found.problem))
  const { comparisons, language } = found.value
  const unmade = Object.entries(shape.types).filter(([, type]) => isUnmade(type ?? ''))
  const problems: Problem[] = [
    ...facts.clashes,
    ...unmade.map(([object]) => ({ where: t`object ${schemaName(object)}`, what: 'it is missing', todo: TODO })),
    ...comparisons
      .filter(({ object }) => !unmade.some(([one]) => one === object))
      .flatMap(({ object, clashes, faults, findings }) => [
        ...clashes,
        ...faults,
        ...findings.map((finding) => ({ ...differenceOf(object, finding), todo: TODO })),
      ]),
  ]
  steps.push(lookedAt(name, t`${comparisons.length} objects are as in the model`, problems))

  const labelled = await labelsThere(context, shape, language)
  if (!labelled.ok) return report(failed('Associations', labelled.problem))
  const labels = Object.fromEntries(
    labelled.all.flatMap(({ payload, typeId }) => (typeId === undefined ? [] : [[payload.key, typeId]])),
  )
  // where HubSpot takes no label the default association serves: that is told, and no fault
  const without = labelled.all.filter(({ typeId }) => typeId === undefined).map(({ payload }) => payload.key)
  if (without.length > 0) notices.push(t`No label of Ladder's: ${without.join(', ')}. The default association serves.`)
  const relations = Object.keys(shape.types).flatMap((object) =>
    relationsOf(shape, object).map(({ name: relation }) => labelName(object, relation)),
  )
  steps.push(lookedAt('Associations', t`${relations.length - without.length} of ${relations.length} have a label`, []))

  context.progress("Looking which of the method's records are there")
  const missing = await missingRecords(context.client, shape)
  const absent = missing.ok
    ? [...missing.value].flatMap(([object, records]) =>
        records.map(({ key }) => ({ what: 'it is missing', where: t`${object} ${key}`, todo: TODO })),
      )
    : [missing.problem]
  steps.push(lookedAt("The method's records", 'all are there', absent))
  const plain = plainKeysOf(comparisons)
  notices.push(...plainKeyNotices(plain))
  const layout = layoutOf(facts, shape, labels, plain, context.options.marketingEvents ?? false)
  const app = appOf(context)
  if (app) {
    const journal = await journalState(app, shape, facts.portalId)
    const lacking = journal.ok ? journal.value.missing : []
    if (!journal.ok) notices.push(t`No journal of changes: ${journal.problem.what}. ${journal.problem.todo}`)
    steps.push(
      lookedAt(
        'The journal of changes',
        journal.ok ? t`${journal.value.there.length} subscriptions are there` : 'the app has none',
        lacking.map(({ subscriptionType, objectTypeId }) => ({
          what: t`no subscription ${subscriptionType}`,
          where: objectTypeId,
          todo: TODO,
        })),
      ),
    )
  }
  steps.push(await workerStep(context, account, layout, notices))
  return report()
}
