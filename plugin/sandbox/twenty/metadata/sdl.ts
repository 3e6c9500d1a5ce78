import { APP_TYPES } from '../apps/sdl.ts'
import { LAYOUT_TYPES } from '../layout/sdl.ts'
import { METADATA_TYPES } from './sdl-types.ts'

const METADATA_ROOTS = /* GraphQL */ `
  input CursorPaging {
    before: ConnectionCursor
    after: ConnectionCursor
    first: Int
    last: Int
  }
  input UUIDFilterComparison {
    is: Boolean
    isNot: Boolean
    eq: UUID
    neq: UUID
    in: [UUID!]
    notIn: [UUID!]
  }
  input BooleanFieldComparison {
    is: Boolean
    isNot: Boolean
  }
  input ObjectFilter {
    and: [ObjectFilter!]
    or: [ObjectFilter!]
    id: UUIDFilterComparison
    isActive: BooleanFieldComparison
    isRemote: BooleanFieldComparison
    isSearchable: BooleanFieldComparison
    isSystem: BooleanFieldComparison
    isUICreatable: BooleanFieldComparison
    isUIEditable: BooleanFieldComparison
    isUIReadOnly: BooleanFieldComparison
  }
  input FieldFilter {
    and: [FieldFilter!]
    or: [FieldFilter!]
    id: UUIDFilterComparison
    isActive: BooleanFieldComparison
    isSystem: BooleanFieldComparison
    isUIEditable: BooleanFieldComparison
    isUIReadOnly: BooleanFieldComparison
    objectMetadataId: UUIDFilterComparison
  }

  input CreateObjectInput {
    nameSingular: String!
    namePlural: String!
    labelSingular: String!
    labelPlural: String!
    description: String
    icon: String
    shortcut: String
    color: String
    skipNameField: Boolean
    isRemote: Boolean
    primaryKeyColumnType: String
    primaryKeyFieldMetadataSettings: JSON
    isLabelSyncedWithName: Boolean
  }
  input CreateOneObjectInput {
    object: CreateObjectInput!
  }
  input UpdateObjectPayload {
    labelSingular: String
    labelPlural: String
    nameSingular: String
    namePlural: String
    description: String
    icon: String
    shortcut: String
    color: String
    isActive: Boolean
    labelIdentifierFieldMetadataId: UUID
    imageIdentifierFieldMetadataId: UUID
    isLabelSyncedWithName: Boolean
    isSearchable: Boolean
    openRecordIn: ObjectOpenRecordIn
  }
  input UpdateOneObjectInput {
    update: UpdateObjectPayload!
    id: UUID!
  }
  input DeleteOneObjectInput {
    id: UUID!
  }
  input CreateFieldInput {
    type: FieldMetadataType!
    name: String!
    label: String!
    description: String
    icon: String
    isActive: Boolean
    isSystem: Boolean
    isUIEditable: Boolean
    isUIReadOnly: Boolean
    isNullable: Boolean
    isUnique: Boolean
    defaultValue: JSON
    options: JSON
    settings: JSON
    objectMetadataId: UUID!
    isLabelSyncedWithName: Boolean
    isRemoteCreation: Boolean
    relationCreationPayload: JSON
    morphRelationsCreationPayload: [JSON!]
  }
  input CreateOneFieldMetadataInput {
    field: CreateFieldInput!
  }
  input UpdateFieldInput {
    universalIdentifier: String
    name: String
    label: String
    description: String
    icon: String
    isActive: Boolean
    isSystem: Boolean
    isUIEditable: Boolean
    isUIReadOnly: Boolean
    isNullable: Boolean
    isUnique: Boolean
    defaultValue: JSON
    options: JSON
    settings: JSON
    objectMetadataId: UUID
    isLabelSyncedWithName: Boolean
    morphRelationsUpdatePayload: [JSON!]
  }
  input UpdateOneFieldMetadataInput {
    id: UUID!
    update: UpdateFieldInput!
  }
  input DeleteOneFieldInput {
    id: UUID!
  }
  input CreateWebhookInput {
    id: UUID
    targetUrl: String!
    operations: [String!]!
    description: String
    secret: String
  }
  input UpdateWebhookInputUpdates {
    targetUrl: String
    operations: [String!]
    description: String
    secret: String
  }
  input UpdateWebhookInput {
    id: UUID!
    update: UpdateWebhookInputUpdates!
  }
  input CreateRoleInput {
    id: String
    label: String!
    description: String
    icon: String
    canUpdateAllSettings: Boolean
    canAccessAllTools: Boolean
    canReadAllObjectRecords: Boolean
    canUpdateAllObjectRecords: Boolean
    canSoftDeleteAllObjectRecords: Boolean
    canDestroyAllObjectRecords: Boolean
    canBeAssignedToUsers: Boolean
    canBeAssignedToAgents: Boolean
    canBeAssignedToApiKeys: Boolean
  }
  input CreateApiKeyInput {
    name: String!
    expiresAt: String!
    revokedAt: String
    roleId: UUID!
  }
  input CreateApplicationRegistrationInput {
    name: String!
    universalIdentifier: String
    oAuthRedirectUris: [String!]
    oAuthScopes: [String!]
  }

  type Query {
    objects(paging: CursorPaging! = { first: 10 }, filter: ObjectFilter! = {}): ObjectConnection!
    object(id: UUID!): Object!
    fields(paging: CursorPaging! = { first: 10 }, filter: FieldFilter! = {}): FieldConnection!
    field(id: UUID!): Field!
    webhooks: [Webhook!]!
    webhook(id: UUID!): Webhook
    getRoles: [Role!]!
    apiKeys: [ApiKey!]!
    currentWorkspace: Workspace!
    findManyApplications: [Application!]!
    findOneApplication(id: UUID, universalIdentifier: UUID): Application!
    findApplicationRegistrationByUniversalIdentifier(universalIdentifier: String!): ApplicationRegistration
    findManyApplicationRegistrations: [ApplicationRegistration!]!
    findManyLogicFunctions: [LogicFunction!]!
  }
  type Mutation {
    createOneObject(input: CreateOneObjectInput!): Object!
    updateOneObject(input: UpdateOneObjectInput!): Object!
    deleteOneObject(input: DeleteOneObjectInput!): Object!
    createOneField(input: CreateOneFieldMetadataInput!): Field!
    updateOneField(input: UpdateOneFieldMetadataInput!): Field!
    deleteOneField(input: DeleteOneFieldInput!): Field!
    createWebhook(input: CreateWebhookInput!): Webhook!
    updateWebhook(input: UpdateWebhookInput!): Webhook!
    deleteWebhook(id: UUID!): Webhook!
    createOneRole(createRoleInput: CreateRoleInput!): Role!
    createApiKey(input: CreateApiKeyInput!): ApiKey!
    generateApiKeyToken(apiKeyId: UUID!, expiresAt: String!): ApiKeyToken!
    createApplicationRegistration(input: CreateApplicationRegistrationInput!): CreateApplicationRegistration!
    rotateApplicationRegistrationClientSecret(id: String!): RotateClientSecret!
    createDevelopmentApplication(universalIdentifier: String!, name: String!): DevelopmentApplication!
    generateApplicationToken(applicationId: UUID!): ApplicationTokenPair!
    uploadAppTarball(file: Upload!, universalIdentifier: String): ApplicationRegistration!
    uploadFilesFieldFileByUniversalIdentifier(file: Upload!, fieldMetadataUniversalIdentifier: String!): File!
    uploadApplicationFile(
      file: Upload!
      applicationUniversalIdentifier: String!
      fileFolder: FileFolder!
      filePath: String!
    ): File!
    installApplication(universalIdentifier: String!, version: String): Application!
    uninstallApplication(universalIdentifier: String!): Boolean!
    syncApplication(manifest: JSON!, dryRun: Boolean): WorkspaceMigration!
    updateOneApplicationVariable(key: String!, value: String!, applicationId: UUID!): Boolean!
  }
`

/** The part of Twenty's metadata API that the stand-in answers; whatever else is asked for is refused by name. */
export const METADATA_SDL = METADATA_TYPES + APP_TYPES + METADATA_ROOTS + LAYOUT_TYPES
