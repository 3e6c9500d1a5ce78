/** Views, navigation and roles in the metadata API: what the server has of reading, changing and removing them. */
export const LAYOUT_TYPES = /* GraphQL */ `
  enum ViewType {
    TABLE
    KANBAN
    CALENDAR
    LIST
    FIELDS_WIDGET
    TABLE_WIDGET
    KANBAN_WIDGET
    LIST_WIDGET
    CALENDAR_WIDGET
  }
  enum ViewKey {
    INDEX
  }
  enum ViewVisibility {
    WORKSPACE
    UNLISTED
  }
  enum NavigationMenuItemType {
    VIEW
    FOLDER
    LINK
    OBJECT
    RECORD
    PAGE_LAYOUT
  }
  type View {
    id: UUID!
    universalIdentifier: UUID!
    applicationId: UUID!
    isSystemSideEffect: Boolean!
    name: String!
    objectMetadataId: UUID!
    type: ViewType!
    key: ViewKey
    icon: String!
    position: Float!
    isCompact: Boolean!
    isCustom: Boolean!
    kanbanAggregateOperation: String
    kanbanAggregateOperationFieldMetadataId: UUID
    mainGroupByFieldMetadataId: UUID
    shouldHideEmptyGroups: Boolean!
    kanbanColumnWidth: Int
    calendarFieldMetadataId: UUID
    calendarEndFieldMetadataId: UUID
    calendarLayout: String
    workspaceId: UUID!
    anyFieldFilterValue: String
    createdAt: DateTime!
    updatedAt: DateTime!
    deletedAt: DateTime
    viewFields: [ViewField!]!
    viewFilters: [ViewFilter!]!
    viewFilterGroups: [ViewFilterGroup!]!
    viewSorts: [ViewSort!]!
    viewGroups: [ViewGroup!]!
    viewFieldGroups: [ViewFieldGroup!]!
    visibility: ViewVisibility!
    createdByUserWorkspaceId: UUID
    isActive: Boolean!
  }
  type ViewField {
    id: UUID!
    universalIdentifier: UUID!
    applicationId: UUID!
    isSystemSideEffect: Boolean!
    fieldMetadataId: UUID!
    isVisible: Boolean!
    size: Float!
    position: Float!
    aggregateOperation: String
    viewId: UUID!
    viewFieldGroupId: UUID
    workspaceId: UUID!
    createdAt: DateTime!
    updatedAt: DateTime!
    isActive: Boolean!
    deletedAt: DateTime
  }
  type ViewGroup {
    id: UUID!
    isVisible: Boolean!
    fieldValue: String!
    position: Float!
    viewId: UUID!
    workspaceId: UUID!
    createdAt: DateTime!
    updatedAt: DateTime!
    deletedAt: DateTime
  }
  type ViewFilter {
    id: UUID!
    fieldMetadataId: UUID!
    operand: String!
    value: JSON!
    viewId: UUID!
    createdAt: DateTime!
    updatedAt: DateTime!
    deletedAt: DateTime
  }
  type ViewFilterGroup {
    id: UUID!
    viewId: UUID!
  }
  type ViewSort {
    id: UUID!
    fieldMetadataId: UUID!
    direction: String!
    viewId: UUID!
    createdAt: DateTime!
    updatedAt: DateTime!
    deletedAt: DateTime
  }
  type ViewFieldGroup {
    id: UUID!
    name: String!
    position: Float!
    isVisible: Boolean!
    viewId: UUID!
    isActive: Boolean!
  }
  type NavigationMenuItem {
    id: UUID!
    userWorkspaceId: UUID
    targetRecordId: UUID
    targetObjectMetadataId: UUID
    viewId: UUID
    type: NavigationMenuItemType!
    name: String
    link: String
    icon: String
    color: String
    folderId: UUID
    pageLayoutId: UUID
    position: Float!
    applicationId: UUID
    createdAt: DateTime!
    updatedAt: DateTime!
  }

  input UpdateViewInput {
    name: String
    type: ViewType
    icon: String
    position: Float
    isCompact: Boolean
    visibility: ViewVisibility
    shouldHideEmptyGroups: Boolean
    kanbanColumnWidth: Int
    anyFieldFilterValue: String
  }
  input DeleteViewGroupInput {
    id: UUID!
  }
  input DestroyViewGroupInput {
    id: UUID!
  }
  input UpdateNavigationMenuItemInput {
    position: Float
    name: String
    link: String
    icon: String
    color: String
  }
  input UpdateOneNavigationMenuItemInput {
    id: UUID!
    update: UpdateNavigationMenuItemInput!
  }
  input UpdateRolePayload {
    label: String
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
  input UpdateRoleInput {
    id: UUID!
    update: UpdateRolePayload!
  }

  type PageLayoutWidget {
    id: UUID!
    universalIdentifier: UUID
    title: String!
    type: String!
    isActive: Boolean!
  }
  type PageLayoutTab {
    id: UUID!
    universalIdentifier: UUID
    title: String!
    position: Float!
    isActive: Boolean!
    widgets: [PageLayoutWidget!]
  }
  type PageLayout {
    id: UUID!
    universalIdentifier: UUID
    name: String!
    type: String!
    tabs: [PageLayoutTab!]
  }
  type FrontComponent {
    id: UUID!
    universalIdentifier: UUID
    name: String!
  }
  type CommandMenuItem {
    id: UUID!
    universalIdentifier: UUID
    label: String!
    frontComponentId: UUID
    availabilityObjectMetadataId: UUID
    isActive: Boolean!
  }

  extend type Query {
    getPageLayouts: [PageLayout!]!
    frontComponents: [FrontComponent!]!
    commandMenuItems: [CommandMenuItem!]!
    getViews(objectMetadataId: String, viewTypes: [ViewType!]): [View!]!
    getView(id: String!): View
    getViewGroups(viewId: String): [ViewGroup!]!
    navigationMenuItems: [NavigationMenuItem!]!
    navigationMenuItem(id: UUID!): NavigationMenuItem
  }
  extend type Mutation {
    destroyPageLayoutTab(id: String!): Boolean!
    deleteCommandMenuItem(id: UUID!): CommandMenuItem!
    updateView(id: String!, input: UpdateViewInput!): View!
    deleteView(id: String!): Boolean!
    destroyView(id: String!): Boolean!
    deleteViewGroup(input: DeleteViewGroupInput!): ViewGroup!
    destroyViewGroup(input: DestroyViewGroupInput!): ViewGroup!
    updateNavigationMenuItem(input: UpdateOneNavigationMenuItemInput!): NavigationMenuItem!
    deleteNavigationMenuItem(id: UUID!): NavigationMenuItem!
    updateOneRole(updateRoleInput: UpdateRoleInput!): Role!
    deleteOneRole(roleId: UUID!): String!
  }
`
