import { disconnectStep } from '../connect.ts'
import type { UninstallReport, UninstallWish } from '../installer.ts'
import { freshDir } from '../files.ts'
import { failed, reportOf, type Step } from '../step.ts'
import { shapeFor } from './carrier.ts'
import { accountFor, type Context } from './context.ts'
import { exportRecords } from './export.ts'
import { readFacts, type Facts } from './facts.ts'
import { appOf, unsubscribeStep } from './journal.ts'
import { dataStep, removeStep } from './remove.ts'
import { objectsOf } from '../../../worker/crm/hubspot/names.ts'
import { type Shape, standardType } from '../../../worker/crm/hubspot/layout.ts'
import { t } from '../said/index.ts'

/** What of the model the account has now. */
const installedShape = ({ room }: Facts): Shape => {
  const carrier = room.own.size > 0 || !room.hasDeals ? 'custom' : 'deal'
  const objects = objectsOf(carrier).filter(
    (object) => standardType(carrier, object) !== undefined || room.own.has(object),
  )
  return shapeFor(carrier, objects, room.own)
}

/**
 * Exports first, then makes the Worker forget the account; what is Ladder's in HubSpot goes only when asked, and only what
 * nobody uses. Stops where a step fails: nothing is taken away that isn't exported.
 */
export const uninstall = async (context: Context, options: UninstallWish): Promise<UninstallReport> => {
  const { exportDir, removeApp, deleteData, now } = options
  context.progress(t`Asking ${context.client.url}`)
  const facts = await readFacts(context.client)
  if (!facts.ok) return reportOf([failed('Check HubSpot', facts.problem)], undefined, [])
  const account = accountFor(context, facts.value.portalId)
  const shape = installedShape(facts.value)
  const notices: string[] = []
  const steps: Step[] = []
  const dir = freshDir(exportDir)
  const files = await exportRecords(context, facts.value, shape, dir, now)
  if (!files.ok) return reportOf([failed('Export', files.problem)], account, notices)
  const records = files.value.reduce((sum, file) => sum + file.records, 0)
  const exported = `${records} records of ${files.value.length} objects in ${dir}`
  steps.push({ name: 'Export', state: 'done', lines: [exported] })
  const app = appOf(context)
  const runs: (() => Promise<Step>)[] = [
    () => disconnectStep(context, account),
    ...(app ? [() => unsubscribeStep(app, facts.value.portalId)] : []),
    ...(deleteData ? [() => dataStep(context, shape)] : []),
    ...(removeApp || deleteData ? [() => removeStep(context, facts.value, shape)] : []),
  ]
  for (const run of runs) {
    const step = await run()
    steps.push(step)
    if (step.state === 'failed') break
    if (step.state === 'open') notices.push(step.lines.join(' '))
  }
  if (!removeApp && !deleteData)
    steps.push({ name: 'Remove what is unused', state: 'unchanged', lines: ['kept: objects, properties and records'] })
  notices.push('The app itself goes in HubSpot: Settings → Integrations → Connected apps → Ladder → Uninstall.')
  return { ...reportOf(steps, account, notices), exportDir: dir }
}

/** What stays and what goes, for a person to read before. */
export const uninstallNotice = (removeApp: boolean, deleteData: boolean): string[] => {
  if (deleteData)
    return [
      "Goes: the connection in Ladder, ALL RECORDS of Ladder's objects (deals: of its pipelines), then what is unused of its objects, properties, pipelines and labels.",
      'Stays: companies, contacts, meetings and tasks without their Ladder properties; the export. HubSpot keeps what is archived for 90 days.',
    ]
  return removeApp
    ? [
        'Goes: the connection in Ladder; of its objects, properties, pipelines and labels what nobody uses.',
        "Stays: objects and pipelines that have records (--delete-data archives these too), and all of HubSpot's own records; the export.",
      ]
    : [
        'Goes: the connection in Ladder.',
        'Stays: objects, properties, pipelines and records (--remove-app takes away what is unused); the export.',
      ]
}
