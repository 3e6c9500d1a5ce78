/** The part of Twenty's metadata API that the stand-in answers; whatever else is asked for is refused by name. */
export const METADATA_SDL = /* GraphQL */ `
  scalar UUID
  scalar DateTime
  scalar JSON
  scalar ConnectionCursor
  scalar Upload

  enum RelationType {
    ONE_TO_MANY
    MANY_TO_ONE
  }
  enum ObjectOpenRecordIn {
    SIDE_PANEL
    RECORD_PAGE
    USER_CHOICE
  }
  enum FileFolder {
    CorePicture
    AgentChat
    BuiltLogicFunction
    BuiltFrontComponent
    PublicAsset
    Source
    FilesField
    Dependencies
    Workflow
    EmailAttachment
    EmailImage
    AppTarball
    GeneratedSdkClient
    Dpa
  }
  enum FieldMetadataType {
    ACTOR
    ADDRESS
    ARRAY
    BOOLEAN
    CURRENCY
    DATE
    DATE_TIME
    EMAILS
    FILES
    FULL_NAME
    LINKS
    MORPH_RELATION
    MULTI_SELECT
    NUMBER
    NUMERIC
    PHONES
    POSITION
    RATING
    RAW_JSON
    RELATION
    RICH_TEXT
    SELECT
    TEXT
    TS_VECTOR
    UUID
  }

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

  type PageInfo {
    hasNextPage: Boolean
    hasPreviousPage: Boolean
    startCursor: ConnectionCursor
    endCursor: ConnectionCursor
  }
  type Object {
    id: UUID!
    universalIdentifier: String!
    nameSingular: String!
    namePlural: String!
    labelSingular: String!
    labelPlural: String!
    description: String
    icon: String
    shortcut: String
    color: String
    isRemote: Boolean!
    isActive: Boolean!
    isSystem: Boolean!
    isUIEditable: Boolean!
    isUICreatable: Boolean!
    isUIReadOnly: Boolean!
    isSearchable: Boolean!
    openRecordIn: ObjectOpenRecordIn!
    applicationId: UUID!
    createdAt: DateTime!
    updatedAt: DateTime!
    labelIdentifierFieldMetadataId: UUID
    imageIdentifierFieldMetadataId: UUID
    isLabelSyncedWithName: Boolean!
    duplicateCriteria: [[String!]!]
    fields(paging: CursorPaging! = { first: 10 }, filter: FieldFilter! = {}): ObjectFieldsConnection!
    fieldsList: [Field!]!
  }
  type ObjectEdge {
    node: Object!
    cursor: ConnectionCursor!
  }
  type ObjectConnection {
    pageInfo: PageInfo!
    edges: [ObjectEdge!]!
  }
  type Field {
    id: UUID!
    universalIdentifier: String!
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
    morphId: UUID
    createdAt: DateTime!
    updatedAt: DateTime!
    applicationId: UUID!
    object: Object
    relation: Relation
    morphRelations: [Relation!]
  }
  type FieldEdge {
    node: Field!
    cursor: ConnectionCursor!
  }
  type FieldConnection {
    pageInfo: PageInfo!
    edges: [FieldEdge!]!
  }
  type ObjectFieldsConnection {
    pageInfo: PageInfo!
    edges: [FieldEdge!]!
  }
  type Relation {
    type: RelationType!
    sourceObjectMetadata: Object!
    targetObjectMetadata: Object!
    sourceFieldMetadata: Field!
    targetFieldMetadata: Field!
  }
  type Webhook {
    id: UUID!
    targetUrl: String!
    operations: [String!]!
    description: String
    secret: String!
    applicationId: UUID!
    createdAt: DateTime!
    updatedAt: DateTime!
    deletedAt: DateTime
  }
  type Role {
    id: UUID!
    label: String!
    description: String
    icon: String
    isEditable: Boolean!
    canBeAssignedToUsers: Boolean!
    canBeAssignedToAgents: Boolean!
    canBeAssignedToApiKeys: Boolean!
    canUpdateAllSettings: Boolean!
    canAccessAllTools: Boolean!
    canReadAllObjectRecords: Boolean!
    canUpdateAllObjectRecords: Boolean!
    canSoftDeleteAllObjectRecords: Boolean!
    canDestroyAllObjectRecords: Boolean!
  }
  type ApiKey {
    id: UUID!
    name: String!
    expiresAt: DateTime!
    revokedAt: DateTime
    createdAt: DateTime!
    updatedAt: DateTime!
    role: Role!
  }
  type ApiKeyToken {
    token: String!
  }
  type WorkspaceUrls {
    customUrl: String
    subdomainUrl: String!
  }
  type Workspace {
    id: UUID!
    displayName: String
    workspaceUrls: WorkspaceUrls!
    installedApplications: [Application!]!
    workspaceCustomApplicationId: String!
  }
  type ApplicationVariable {
    id: UUID!
    key: String!
    value: String!
    description: String!
    isSecret: Boolean!
  }
  type Application {
    id: UUID!
    name: String!
    description: String
    version: String
    universalIdentifier: String!
    applicationRegistrationId: UUID
    canBeUninstalled: Boolean!
    autoUpgrade: Boolean!
    defaultRoleId: String
    objects: [Object!]!
    applicationVariables: [ApplicationVariable!]!
  }
  type ApplicationRegistration {
    id: UUID!
    universalIdentifier: String!
    name: String!
    oAuthClientId: String!
    latestAvailableVersion: String
    isListed: Boolean!
  }
  type CreateApplicationRegistration {
    applicationRegistration: ApplicationRegistration!
    clientSecret: String!
  }
  type RotateClientSecret {
    clientSecret: String!
  }
  type DevelopmentApplication {
    id: String!
    universalIdentifier: String!
  }
  type AuthToken {
    token: String!
    expiresAt: DateTime!
  }
  type ApplicationTokenPair {
    applicationAccessToken: AuthToken!
    applicationRefreshToken: AuthToken!
  }
  type WorkspaceMigration {
    applicationUniversalIdentifier: String!
    actions: JSON!
  }
  type File {
    id: UUID!
    path: String!
    size: Float!
    createdAt: DateTime!
  }
  type LogicFunction {
    id: UUID!
    name: String!
    description: String
    universalIdentifier: UUID
    applicationId: UUID
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
