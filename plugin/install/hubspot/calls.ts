import { API, JOURNAL_API } from '../../../worker/crm/hubspot/layout.ts'

/**
 * Every call that the installer and the doctor make of HubSpot, as data: nothing else is ever sent, so a table made from this
 * can't drift from the code. `{name}` in a path is filled in.
 */
export interface CallSpec {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  /** One of these is needed; `{kind}` is contacts, companies, deals or custom. `developer.…`: by a token of the app itself. */
  scope: string
  /** The cheapest edition that has it. */
  edition: 'Free' | 'Professional' | 'Enterprise'
  /** What bounds one call, or how many there may be. */
  limit: string
  when: string
}

const ACCOUNT = `/account-info/${API}`
const LIMITS = `/crm/limits/${API}`
const SCHEMAS = `/crm-object-schemas/${API}/schemas`
const PROPERTIES = `/crm/properties/${API}`
const PIPELINES = `/crm/pipelines/${API}`
const LABELS = `/crm/associations/${API}/{from}/{to}/labels`
const OBJECTS = `/crm/objects/${API}`
const SUBSCRIPTIONS = `/webhooks-journal/subscriptions/${JOURNAL_API}`

const JOURNAL = 'the journal’s own: 100 a second an app, 50 for subscriptions'
const ROLLING = 'ten-secondly and daily limits of the account'
const SCHEMA_WRITE = 'crm.schemas.{kind}.write'
const SCHEMA_READ = 'crm.schemas.{kind}.read'
const CUSTOM_WRITE = 'crm.schemas.custom.write'

const call = (
  line: `${CallSpec['method']} ${string}`,
  scope: string,
  when: string,
  { edition = 'Free', limit = ROLLING }: Partial<Pick<CallSpec, 'edition' | 'limit'>> = {},
): CallSpec => {
  const [method, path] = line.split(' ') as [CallSpec['method'], string]
  return { method, path, scope, edition, limit, when }
}

export const CALLS = {
  details: call(`GET ${ACCOUNT}/details`, 'oauth', 'first of all: portal, time zone, address of its pages'),
  usage: call(
    `GET ${ACCOUNT}/api-usage/daily/private-apps`,
    'oauth',
    "to know the edition; doctor: what is left of the day's calls",
  ),
  objectLimit: call(
    `GET ${LIMITS}/custom-object-types`,
    'crm.schemas.custom.read',
    'to see whether custom objects fit',
  ),
  pipelineLimit: call(`GET ${LIMITS}/pipelines`, 'crm.objects.{kind}.read', 'to see whether a pipeline fits'),
  propertyLimit: call(`GET ${LIMITS}/custom-properties`, 'crm.objects.{kind}.read', 'to see whether properties fit'),
  labelLimit: call(`GET ${LIMITS}/associations/labels`, 'crm.objects.{kind}.read', 'to see whether labels fit'),
  schemas: call(`GET ${SCHEMAS}`, 'crm.schemas.custom.read', 'to see which objects are there', {
    edition: 'Enterprise',
  }),
  makeSchema: call(`POST ${SCHEMAS}`, CUSTOM_WRITE, 'once an object', {
    edition: 'Enterprise',
    limit: 'custom objects of the account',
  }),
  dropSchema: call(`DELETE ${SCHEMAS}/{objectType}`, CUSTOM_WRITE, 'uninstall: an object without records', {
    edition: 'Enterprise',
  }),
  associate: call(`POST ${SCHEMAS}/{objectType}/associations`, CUSTOM_WRITE, 'once a pair of objects', {
    edition: 'Enterprise',
  }),
  properties: call(`GET ${PROPERTIES}/{objectType}`, SCHEMA_READ, 'to see which properties are there or archived'),
  property: call(`GET ${PROPERTIES}/{objectType}/{propertyName}`, SCHEMA_READ, 'doctor: whether keys are unique'),
  makeProperty: call(`POST ${PROPERTIES}/{objectType}`, SCHEMA_WRITE, 'to restore an archived property, or make one'),
  makeProperties: call(`POST ${PROPERTIES}/{objectType}/batch/create`, SCHEMA_WRITE, 'to make missing properties', {
    limit: '100 properties a call',
  }),
  changeProperty: call(
    `PATCH ${PROPERTIES}/{objectType}/{propertyName}`,
    SCHEMA_WRITE,
    'to add options; to ask whether writing is allowed',
  ),
  dropProperty: call(
    `DELETE ${PROPERTIES}/{objectType}/{propertyName}`,
    SCHEMA_WRITE,
    'uninstall: to see what is used',
  ),
  groups: call(`GET ${PROPERTIES}/{objectType}/groups`, SCHEMA_READ, 'to see whether the group is there'),
  makeGroup: call(`POST ${PROPERTIES}/{objectType}/groups`, SCHEMA_WRITE, 'once an object'),
  dropGroup: call(`DELETE ${PROPERTIES}/{objectType}/groups/{groupName}`, SCHEMA_WRITE, 'uninstall: an empty group'),
  pipelines: call(`GET ${PIPELINES}/{objectType}`, 'crm.schemas.{kind}.read', 'to see which pipelines are there'),
  makePipeline: call(`POST ${PIPELINES}/{objectType}`, SCHEMA_WRITE, 'once a pipeline of the playbook', {
    limit: 'pipelines of the account',
  }),
  changePipeline: call(`PATCH ${PIPELINES}/{objectType}/{pipelineId}`, SCHEMA_WRITE, 'to restore an archived pipeline'),
  dropPipeline: call(`DELETE ${PIPELINES}/{objectType}/{pipelineId}`, SCHEMA_WRITE, 'uninstall: one without records'),
  makeStage: call(`POST ${PIPELINES}/{objectType}/{pipelineId}/stages`, SCHEMA_WRITE, 'a stage that is missing'),
  changeStage: call(
    `PATCH ${PIPELINES}/{objectType}/{pipelineId}/stages/{stageId}`,
    SCHEMA_WRITE,
    'to restore an archived stage',
  ),
  labels: call(`GET ${LABELS}`, 'crm.objects.{kind}.read', 'to see which labels are there'),
  makeLabel: call(`POST ${LABELS}`, 'crm.objects.{kind}.write', 'once a relation', { limit: '10 labels a pair' }),
  dropLabel: call(`DELETE ${LABELS}/{typeId}`, 'crm.objects.{kind}.write', 'uninstall, when asked'),
  owners: call(`GET /crm/owners/${API}`, 'crm.objects.owners.read', 'to ask whether owners can be read'),
  files: call(`GET /files/${API}/files/search`, 'files', 'to ask whether documents can be put into its files'),
  list: call(
    `GET ${OBJECTS}/{objectType}`,
    'crm.objects.{kind}.read',
    "export: all records; which of the method's are there",
    {
      limit: '100 records a page',
    },
  ),
  touch: call(
    `PATCH ${OBJECTS}/{objectType}/{objectId}`,
    'crm.objects.{kind}.write',
    "on record 0, which isn't there: to ask whether writing is allowed",
  ),
  upsert: call(
    `POST ${OBJECTS}/{objectType}/batch/upsert`,
    'crm.objects.custom.write',
    "to make the method's records",
    {
      edition: 'Enterprise',
      limit: '100 records a call',
    },
  ),
  archive: call(
    `POST ${OBJECTS}/{objectType}/batch/archive`,
    'crm.objects.{kind}.write',
    'uninstall with --delete-data',
    {
      limit: '100 records a call',
    },
  ),
  journalEnd: call(
    `GET /webhooks-journal/journal-local/${JOURNAL_API}/latest`,
    'developer.webhooks_journal.read',
    'doctor: whether the app has a journal of this account',
    { limit: JOURNAL },
  ),
  subscriptions: call(
    `GET ${SUBSCRIPTIONS}`,
    'developer.webhooks_journal.subscriptions.read',
    'with --client-id: what the app’s journal holds',
    { limit: JOURNAL },
  ),
  subscribe: call(
    `POST ${SUBSCRIPTIONS}`,
    'developer.webhooks_journal.subscriptions.write',
    'with --client-id: once an object, and once its associations',
    { limit: JOURNAL },
  ),
  unsubscribe: call(
    `DELETE ${SUBSCRIPTIONS}/{subscriptionId}`,
    'developer.webhooks_journal.subscriptions.write',
    'with --client-id: one that is another now',
    { limit: JOURNAL },
  ),
  unsubscribeAll: call(
    `DELETE ${SUBSCRIPTIONS}/portals/{portalId}`,
    'developer.webhooks_journal.subscriptions.write',
    'uninstall with --client-id',
    { limit: JOURNAL },
  ),
  marketingEvents: call(
    `GET /marketing/marketing-events/${API}`,
    'crm.objects.marketing_events.read',
    'with --marketing-events: to ask whether they can be read',
  ),
} satisfies Record<string, CallSpec>

export type CallName = keyof typeof CALLS

/** The path of a call with its places filled in; a place that nobody filled is a bug. */
export const pathFor = (name: CallName, params: Readonly<Record<string, string>> = {}): string =>
  CALLS[name].path.replaceAll(/\{(\w+)\}/g, (_, place: string) => {
    const value = params[place]
    if (value === undefined) throw new Error(`${name}: nothing fills {${place}}`)
    return encodeURIComponent(value)
  })
