/** What the metadata API answers about the workspace and its apps. */
export const APP_TYPES = /* GraphQL */ `
  type WorkspaceUrls {
    customUrl: String
    subdomainUrl: String!
  }
  type Workspace {
    id: UUID!
    displayName: String
    subdomain: String!
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
    packageJsonChecksum: String
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
`
