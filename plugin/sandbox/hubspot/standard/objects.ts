import type { ObjectType, PipelineMeta, PropertyMeta, PropertyType } from '../types.ts'
import { standardProperty, systemProperties } from './properties.ts'

interface Plan {
  id: string
  singular: string
  plural: string
  created: string
  modified: string
  group: string
  shown: string[]
  required: string[]
  properties: [name: string, type: PropertyType, options?: string[]][]
  more?: PropertyMeta[]
  pipelines?: PipelineMeta[]
}

const TASK_STATUS = ['NOT_STARTED', 'IN_PROGRESS', 'WAITING', 'COMPLETED', 'DEFERRED']
const OUTCOMES = ['SCHEDULED', 'COMPLETED', 'RESCHEDULED', 'NO_SHOW', 'CANCELED']
const DEAL_STAGES: [id: string, label: string, probability: string][] = [
  ['appointmentscheduled', 'Appointment Scheduled', '0.2'],
  ['qualifiedtobuy', 'Qualified To Buy', '0.4'],
  ['presentationscheduled', 'Presentation Scheduled', '0.6'],
  ['decisionmakerboughtin', 'Decision Maker Bought-In', '0.8'],
  ['contractsent', 'Contract Sent', '0.9'],
  ['closedwon', 'Closed Won', '1.0'],
  ['closedlost', 'Closed Lost', '0.0'],
]

function dealPipeline(now: number): PipelineMeta {
  const stages = DEAL_STAGES.map(([id, label, probability], displayOrder) => {
    const isClosed = String(id.startsWith('closed'))
    return { id, label, displayOrder, metadata: { isClosed, probability }, createdAt: now, updatedAt: now }
  })
  return { id: 'default', label: 'Sales Pipeline', displayOrder: 0, stages, createdAt: now, updatedAt: now }
}

function plans(now: number): Plan[] {
  const activity = { created: 'hs_createdate', modified: 'hs_lastmodifieddate', required: ['hs_timestamp'] }
  return [
    {
      id: '0-1',
      singular: 'contact',
      plural: 'contacts',
      created: 'createdate',
      modified: 'lastmodifieddate',
      group: 'contactinformation',
      shown: ['email', 'firstname', 'lastname'],
      required: [],
      properties: [
        ['firstname', 'string'],
        ['lastname', 'string'],
        ['phone', 'phone_number'],
        ['mobilephone', 'phone_number'],
        ['jobtitle', 'string'],
        ['company', 'string'],
        ['associatedcompanyid', 'number'],
        ['lifecyclestage', 'enumeration', ['subscriber', 'lead', 'opportunity', 'customer', 'other']],
      ],
      more: [standardProperty('email', 'string', 'contactinformation', [], { hasUniqueValue: true })],
    },
    {
      id: '0-2',
      singular: 'company',
      plural: 'companies',
      created: 'createdate',
      modified: 'hs_lastmodifieddate',
      group: 'companyinformation',
      shown: ['domain', 'name'],
      required: [],
      properties: [
        ['name', 'string'],
        ['domain', 'string'],
        ['phone', 'phone_number'],
        ['address', 'string'],
        ['city', 'string'],
        ['description', 'string'],
        ['annualrevenue', 'number'],
        ['numberofemployees', 'number'],
        ['lifecyclestage', 'enumeration', ['subscriber', 'lead', 'opportunity', 'customer', 'other']],
      ],
    },
    {
      id: '0-3',
      singular: 'deal',
      plural: 'deals',
      created: 'createdate',
      modified: 'hs_lastmodifieddate',
      group: 'dealinformation',
      shown: ['amount', 'closedate', 'dealname', 'dealstage', 'pipeline'],
      required: [],
      properties: [
        ['dealname', 'string'],
        ['amount', 'number'],
        ['closedate', 'datetime'],
        ['description', 'string'],
      ],
      more: [
        standardProperty('pipeline', 'enumeration', 'dealinformation', [], { external: 'PIPELINE' }),
        standardProperty('dealstage', 'enumeration', 'dealinformation', [], { external: 'STAGE' }),
      ],
      pipelines: [dealPipeline(now)],
    },
    {
      id: '0-27',
      singular: 'task',
      plural: 'tasks',
      group: 'task',
      shown: [],
      ...activity,
      properties: [
        ['hs_timestamp', 'datetime'],
        ['hs_task_subject', 'string'],
        ['hs_task_body', 'string'],
        ['hs_task_status', 'enumeration', TASK_STATUS],
        ['hs_task_priority', 'enumeration', ['NONE', 'LOW', 'MEDIUM', 'HIGH']],
        ['hs_task_type', 'enumeration', ['EMAIL', 'CALL', 'TODO']],
        ['hs_task_completion_date', 'datetime'],
        ['hs_task_reminders', 'string'],
        ['hs_attachment_ids', 'string'],
      ],
    },
    {
      id: '0-46',
      singular: 'note',
      plural: 'notes',
      group: 'note',
      shown: [],
      ...activity,
      properties: [
        ['hs_timestamp', 'datetime'],
        ['hs_note_body', 'string'],
        ['hs_attachment_ids', 'string'],
      ],
    },
    {
      id: '0-47',
      singular: 'meeting',
      plural: 'meetings',
      group: 'meeting',
      shown: [],
      ...activity,
      properties: [
        ['hs_timestamp', 'datetime'],
        ['hs_meeting_title', 'string'],
        ['hs_meeting_body', 'string'],
        ['hs_internal_meeting_notes', 'string'],
        ['hs_meeting_start_time', 'datetime'],
        ['hs_meeting_end_time', 'datetime'],
        ['hs_meeting_location', 'string'],
        ['hs_meeting_outcome', 'enumeration', OUTCOMES],
        ['hs_activity_type', 'string'],
      ],
    },
  ]
}

function build(plan: Plan): ObjectType {
  const { id, singular, plural, created, modified, group, required, pipelines = [] } = plan
  const properties = [
    ...systemProperties(plan, group),
    ...plan.properties.map(([name, type, options]) => standardProperty(name, type, group, options)),
    ...(plan.more ?? []),
  ]
  return {
    id,
    singular,
    // Webhooks call meetings by a name of their own.
    names: [id, singular, plural, ...(singular === 'meeting' ? ['meeting_event'] : [])],
    custom: null,
    created,
    modified,
    shown: plan.shown,
    required,
    rules: { creator: [], conditional: [] },
    properties: new Map(properties.map((property) => [property.name, property])),
    groups: new Map([[group, { name: group, label: group, displayOrder: 0 }]]),
    pipelines: new Map(pipelines.map((pipeline) => [pipeline.id, pipeline])),
    records: new Map(),
    unique: new Map(),
    nextId: 20_000_000_001,
  }
}

/**
 * Contacts, companies, deals, tasks and meetings of a new account. Record ids begin at the same number in each of them: an
 * id is only unique within its object, in HubSpot too.
 */
export function standardObjects(now: number): ObjectType[] {
  return plans(now).map(build)
}
