import { derivedId, newId } from '../ids.ts'
import type { FieldMeta, Json, ObjectMeta } from '../types.ts'

interface FieldDraft {
  type: string
  name: string
  label: string
  universalIdentifier?: string
  applicationId?: string
  description?: string | null
  icon?: string | null
  isSystem?: boolean
  isNullable?: boolean
  isUnique?: boolean
  defaultValue?: Json
  options?: FieldMeta['options']
  settings?: FieldMeta['settings']
  morphId?: string | null
}

/** A field of an object, with everything that was left out. */
export function draftField(object: ObjectMeta, at: string, draft: FieldDraft): FieldMeta {
  const isSystem = draft.isSystem ?? false
  return {
    id: newId(),
    universalIdentifier: draft.universalIdentifier ?? newId(),
    applicationId: draft.applicationId ?? object.applicationId,
    objectMetadataId: object.id,
    type: draft.type,
    name: draft.name,
    label: draft.label,
    description: draft.description ?? null,
    icon: draft.icon ?? null,
    isActive: true,
    isSystem,
    isUIEditable: !isSystem,
    isNullable: draft.isNullable ?? true,
    isUnique: draft.isUnique ?? false,
    isLabelSyncedWithName: false,
    defaultValue: draft.defaultValue ?? null,
    options: draft.options ?? null,
    settings: draft.settings ?? null,
    morphId: draft.morphId ?? null,
    relationObjectId: null,
    relationFieldId: null,
    createdAt: at,
    updatedAt: at,
  }
}

const ACTOR_DEFAULT: Json = { name: "''", source: "'MANUAL'" }

/** The fields that every custom object gets besides its name, in Twenty's order. */
const SYSTEM: FieldDraft[] = [
  {
    type: 'UUID',
    name: 'id',
    label: 'Id',
    description: 'Id',
    icon: 'Icon123',
    isNullable: false,
    defaultValue: 'uuid',
  },
  {
    type: 'DATE_TIME',
    name: 'createdAt',
    label: 'Creation date',
    description: 'Creation date',
    icon: 'IconCalendar',
    isNullable: false,
    defaultValue: 'now',
  },
  {
    type: 'ACTOR',
    name: 'createdBy',
    label: 'Created by',
    description: 'The creator of the record',
    icon: 'IconCreativeCommonsSa',
    isNullable: false,
    defaultValue: ACTOR_DEFAULT,
  },
  {
    type: 'DATE_TIME',
    name: 'deletedAt',
    label: 'Deleted at',
    description: 'Deletion date',
    icon: 'IconCalendarClock',
  },
  {
    type: 'POSITION',
    name: 'position',
    label: 'Position',
    description: 'Position',
    icon: 'IconHierarchy2',
    isNullable: false,
    defaultValue: 0,
  },
  {
    type: 'DATE_TIME',
    name: 'updatedAt',
    label: 'Last update',
    description: 'Last time the record was changed',
    icon: 'IconCalendarClock',
    isNullable: false,
    defaultValue: 'now',
  },
  {
    type: 'ACTOR',
    name: 'updatedBy',
    label: 'Updated by',
    description: 'The workspace member who last updated the record',
    icon: 'IconUserCircle',
    isNullable: false,
    defaultValue: ACTOR_DEFAULT,
  },
  {
    type: 'TS_VECTOR',
    name: 'searchVector',
    label: 'Search vector',
    description: 'Search vector',
    icon: 'IconSearch',
  },
]

export const NAME_FIELD: FieldDraft = {
  type: 'TEXT',
  name: 'name',
  label: 'Name',
  description: 'Name',
  icon: 'IconAbc',
}

/** The objects that point at every other one through a `target…` field, and the field they give it. */
export const TARGETING = [
  { object: 'timelineActivity', name: 'timelineActivities', label: 'Timeline Activities', icon: 'IconTimelineEvent' },
  { object: 'attachment', name: 'attachments', label: 'Attachments', icon: 'IconFileImport' },
  { object: 'noteTarget', name: 'noteTargets', label: 'Notes', icon: 'IconNotes' },
  { object: 'taskTarget', name: 'taskTargets', label: 'Tasks', icon: 'IconCheckbox' },
] as const

export const SYSTEM_NAMES: readonly string[] = SYSTEM.map((field) => field.name)

/** System fields of a new object; their universal identifiers follow from the object's. */
export function systemFields(object: ObjectMeta, at: string): FieldMeta[] {
  return SYSTEM.map((draft) =>
    draftField(object, at, {
      ...draft,
      isSystem: true,
      universalIdentifier: derivedId(object.universalIdentifier, draft.name),
    }),
  )
}
