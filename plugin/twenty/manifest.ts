/** The parts of a Twenty app manifest that Ladder uses, as twenty-sdk 2.40.0 builds them. */

export interface ManifestOption {
  value: string
  label: string
  position: number
  color: string
}

export interface ManifestField {
  universalIdentifier: string
  /** Given for fields of objects that the app doesn't own. */
  objectUniversalIdentifier?: string
  type: string
  name: string
  label: string
  description?: string
  icon?: string
  options?: ManifestOption[]
  defaultValue?: unknown
  isUnique?: boolean
  isUIEditable?: boolean
  relationTargetObjectMetadataUniversalIdentifier?: string
  relationTargetFieldMetadataUniversalIdentifier?: string
  universalSettings?: {
    relationType?: string
    onDelete?: string
    joinColumnName?: string
    displayedMaxRows?: number
    dataType?: string
    decimals?: number
  }
}

export interface ManifestObject {
  universalIdentifier: string
  nameSingular: string
  namePlural: string
  labelSingular: string
  labelPlural: string
  description?: string
  icon?: string
  labelIdentifierFieldMetadataUniversalIdentifier: string
  fields: ManifestField[]
}

export interface ManifestView {
  universalIdentifier: string
  name: string
  objectUniversalIdentifier: string
  type: string
  icon: string
  position: number
  mainGroupByFieldMetadataUniversalIdentifier?: string
  fields: {
    universalIdentifier: string
    fieldMetadataUniversalIdentifier: string
    position: number
    isVisible: boolean
    size: number
  }[]
  groups?: { universalIdentifier: string; fieldValue: string; position: number; isVisible: boolean }[]
  filters?: {
    universalIdentifier: string
    fieldMetadataUniversalIdentifier: string
    operand: string
    value: string | string[] | { isCurrentWorkspaceMemberSelected: boolean; selectedRecordIds: string[] }
  }[]
  sorts?: { universalIdentifier: string; fieldMetadataUniversalIdentifier: string; direction: string }[]
}

export interface ManifestNavigation {
  universalIdentifier: string
  type: string
  name: string
  icon: string
  position: number
  viewUniversalIdentifier?: string
  folderUniversalIdentifier?: string
  pageLayoutUniversalIdentifier?: string
}

export interface ManifestRole {
  universalIdentifier: string
  label: string
  description: string
  icon?: string
  canReadAllObjectRecords: boolean
  canUpdateAllObjectRecords: boolean
  canSoftDeleteAllObjectRecords: boolean
  canDestroyAllObjectRecords: boolean
  canUpdateAllSettings: boolean
  canBeAssignedToUsers: boolean
  canBeAssignedToAgents: boolean
  canBeAssignedToApiKeys: boolean
  objectPermissions?: {
    objectUniversalIdentifier: string
    canReadObjectRecords: boolean
    canUpdateObjectRecords: boolean
    canSoftDeleteObjectRecords: boolean
    canDestroyObjectRecords: boolean
  }[]
}

/** A component that runs in a worker of the user's browser. Its source is printed beside it; the build adds the rest. */
export interface ManifestFrontComponent {
  universalIdentifier: string
  name: string
  description: string
  /** Where the built component is, once it is built. */
  builtComponentPath?: string
}

export interface ManifestWidget {
  universalIdentifier: string
  title: string
  type: string
  objectUniversalIdentifier?: string
  position?: { layoutMode: string; row: number; column: number; rowSpan: number; columnSpan: number }
  configuration: { configurationType: string } & Record<string, unknown>
}

export interface ManifestTab {
  universalIdentifier: string
  title: string
  position: number
  icon: string
  layoutMode: string
  widgets: ManifestWidget[]
  /** Given for a tab on a page that the app doesn't declare itself. */
  pageLayoutUniversalIdentifier?: string
}

export interface ManifestPage {
  universalIdentifier: string
  name: string
  type: string
  tabs: ManifestTab[]
}

export interface ManifestCommand {
  universalIdentifier: string
  label: string
  shortLabel: string
  isPinned: boolean
  availabilityType: string
  availabilityObjectUniversalIdentifier: string
  frontComponentUniversalIdentifier: string
}

export interface ManifestSchema {
  type: string
  label?: string
  description?: string
  enum?: string[]
  multiline?: boolean
  properties?: Record<string, ManifestSchema>
  required?: string[]
}

export interface ManifestFunction {
  universalIdentifier: string
  name: string
  description: string
  timeoutSeconds: number
  httpRouteTriggerSettings?: { path: string; httpMethod: string; isAuthRequired: boolean }
  databaseEventTriggerSettings?: { eventName?: string }
  toolTriggerSettings?: { inputSchema: ManifestSchema }
  workflowActionTriggerSettings?: {
    label: string
    icon: string
    inputSchema: ManifestSchema[]
    outputSchema: ManifestSchema[]
  }
  /** Where the built function is, once it is built. */
  builtHandlerPath?: string
}

export interface ManifestVariable {
  universalIdentifier: string
  label: string
  description: string
  isSecret: boolean
  value?: string
}

export interface Manifest {
  application: {
    universalIdentifier: string
    displayName: string
    description: string
    category?: string
    applicationVariables: Record<string, ManifestVariable>
    settingsFrontComponent?: { universalIdentifier: string }
  }
  objects: ManifestObject[]
  /** Fields on objects that the app doesn't own. */
  fields: ManifestField[]
  views: ManifestView[]
  navigationMenuItems: ManifestNavigation[]
  /** The first one is the app's own role. */
  roles: ManifestRole[]
  frontComponents: ManifestFrontComponent[]
  /** Tabs on pages of records. */
  pageLayoutTabs: ManifestTab[]
  pageLayouts: ManifestPage[]
  commandMenuItems: ManifestCommand[]
  logicFunctions: ManifestFunction[]
}
