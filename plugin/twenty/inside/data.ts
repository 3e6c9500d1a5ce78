import type { Label, Option } from '../../../schemas/model/define.ts'
import { devChecklist } from '../../../schemas/model/development-checklist.ts'
import { devStages, pipelineOptions } from '../../../schemas/model/development-stages.ts'
import { fieldDef, model } from '../../../schemas/model/index.ts'
import { tierOptions } from '../../../schemas/model/tiers.ts'

/** Codes of a select with their texts. */
export type Choices = readonly { code: string; label: Label }[]

const plain = (options: readonly Option[] | undefined): Choices =>
  (options ?? []).map(({ code, label }) => ({ code, label: { en: label.en, zh: label.zh } }))

const ofField = (object: string, field: string): Choices => plain(fieldDef(object, field)?.options)

/**
 * What the parts inside Twenty know of the model. In the app's source tree this file is replaced by its value, so that the
 * components carry these texts and not the schemas.
 */
export const data: Record<
  | 'pipelines'
  | 'stages'
  | 'checklist'
  | 'tiers'
  | 'causes'
  | 'escalationStates'
  | 'roles'
  | 'visitForms'
  | 'invitations'
  | 'attendance'
  | 'campaignStates',
  Choices
> = {
  pipelines: plain(pipelineOptions),
  stages: plain(devStages),
  checklist: plain(devChecklist),
  tiers: plain(tierOptions),
  causes: ofField('escalation', 'cause'),
  escalationStates: ofField('escalation', 'status'),
  roles: ofField('escalation', 'role'),
  visitForms: ofField('visit', 'form'),
  invitations: ofField('participation', 'invite'),
  attendance: ofField('participation', 'attendance'),
  campaignStates: ofField('campaign', 'status'),
}

/** The name of an object's records in Twenty's API. */
export const plurals: Record<string, string> = Object.fromEntries(model.map(({ name, plural }) => [name, plural]))
