import { parseRef, subjectOfKey } from '../../../schemas/events/keys.ts'
import { campaigns as templates } from '../../../schemas/playbook/default/campaigns.ts'
import type { Carrier } from '../../../worker/crm/hubspot/layout.ts'
import { actionUrl, type ProjectWish } from '../../hubspot/options.ts'
import type { HubspotSandbox } from '../../sandbox/hubspot/index.ts'
import { fits, type People } from './hubspot-people.ts'
import type { Edit, Row, TaskedCampaign, Where } from './port.ts'

/** The project that an admin would upload for the sandbox. */
export const projectOf = (publicUrl: string, account: string, carrier: Carrier): ProjectWish => ({
  publicUrl,
  account,
  carrier,
  oauth: false,
  // the sandbox tells of custom objects, tasks and meetings too: in a real account the sweep finds them where it doesn't
  genericWebhooks: true,
  objectCards: false,
  marketingEvents: false,
})

/** What people do where the account has no records of escalations, templates and campaigns. */
export interface Workflows {
  begin(project: ProjectWish): void
  edit(object: string, edits: readonly Edit[]): Promise<void>
  list(object: string, where: Where): Row[]
  campaigns(): TaskedCampaign[]
}

/** `<key of the escalation>/task/<level>/<number>` */
const ESCALATION_TASK = /^(.*)\/task\/\d+\/\d+$/
/** Campaigns without a record are named by template and time: `own-CAMP-S1-1793946600000`. */
const OWN_CAMPAIGN = /\bown-([A-Z0-9-]+)-(\d{12,})\b/

const keyOf = ({ fields }: Row): string => String(fields.ladderKey ?? '')

/**
 * Escalations are answered and campaigns started by workflow actions of Ladder's app, as a bank's own workflows do it on
 * tasks and customers. What stands open is seen from tasks alone.
 */
export const workflows = (hubspot: HubspotSandbox, people: People): Workflows => {
  let project: ProjectWish | undefined
  const acknowledged = new Set<string>()

  const act = async (name: string, type: string, id: string, inputFields: Record<string, string>): Promise<void> => {
    if (!project) throw new Error('Ladder is not installed in the sandbox')
    const object = { objectType: type, objectId: id }
    const { state, body } = await hubspot.runAction({ url: actionUrl(project, name), object, inputFields })
    if (state === 'FAILED') throw new Error(`the workflow action ${name} failed: ${body}`)
  }

  /** Open tasks by the escalation that they tell. */
  const told = (): Map<string, string> =>
    new Map(
      people.list('task', { ladderKind: ['ESCALATION'], status: ['TODO', 'IN_PROGRESS'] }).flatMap((row) => {
        const [, escalation] = ESCALATION_TASK.exec(keyOf(row)) ?? []
        return escalation === undefined ? [] : [[escalation, row.id] as const]
      }),
    )

  const answer = async ({ id, fields }: Edit): Promise<void> => {
    const task = told().get(id)
    if (task === undefined) return
    const isResolved = fields.status === 'RESOLVED'
    const inputs: Record<string, string> = isResolved ? { resolution: String(fields.resolution ?? '') } : {}
    await act(isResolved ? 'resolve' : 'acknowledge', 'TASK', task, inputs)
    if (!isResolved) acknowledged.add(id)
  }

  const launch = async ({ id: template, fields }: Edit): Promise<void> => {
    const [contact] = hubspot.store.list('contacts')
    if (!contact) throw new Error('there is no contact from whom a workflow could start a campaign')
    await act('campaign', 'CONTACT', contact.id, { template, heldOn: String(fields.launchOn) })
  }

  const rowsOf = (object: string): Row[] => {
    if (object === 'escalation')
      return [...told().keys()].map((id) => ({
        id,
        fields: { status: acknowledged.has(id) ? 'ACKNOWLEDGED' : 'OPEN' },
      }))
    if (object === 'campaignTemplate') return templates.map(({ code }) => ({ id: code, fields: { code } }))
    return []
  }

  return {
    begin: (wish) => (project = wish),
    edit: async (object, edits) => {
      for (const one of edits) {
        if (object === 'escalation') await answer(one)
        else if (object === 'campaignTemplate') await launch(one)
      }
    },
    list: (object, where) => rowsOf(object).filter(({ fields }) => fits(fields, where)),
    campaigns: () => {
      const guests = new Map<string, Set<string>>()
      for (const row of people.list('task', { ladderKind: ['CAMPAIGN'] })) {
        const [id] = OWN_CAMPAIGN.exec(keyOf(row)) ?? []
        const ref = subjectOfKey(keyOf(row))
        if (id === undefined || ref === undefined) continue
        const list = guests.get(id) ?? new Set()
        if (parseRef(ref).object !== 'campaign') list.add(ref)
        guests.set(id, list)
      }
      return [...guests].flatMap(([id, list]): TaskedCampaign[] => {
        const [, template = '', at] = OWN_CAMPAIGN.exec(id) ?? []
        return [{ template, heldOn: new Date(Number(at)).toISOString(), guests: list.size }]
      })
    },
  }
}
