/** The types that the metadata API answers, as far as the stand-in has them. */
export const METADATA_TYPES = /* GraphQL */ `
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
    universalIdentifier: UUID
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
`
