import type { Json } from '../types.ts'

/** The version of Twenty that the stand-in speaks like. */
export const SERVER_VERSION = '2.31.0'

/** `/client-config`, as a self-hosted server of one workspace answers it: anyone may ask. */
export function clientConfig(): Json {
  const off = [
    'isMultiWorkspaceEnabled',
    'isEmailVerificationRequired',
    'analyticsEnabled',
    'isCookieSessionEnabled',
    'isMicrosoftMessagingEnabled',
    'isMicrosoftCalendarEnabled',
    'isGoogleMessagingEnabled',
    'isGoogleCalendarEnabled',
    'isConfigVariablesInDbEnabled',
    'allowRequestsToTwentyIcons',
    'isBookCallOnboardingStepEnabled',
    'isCompanyEnrichmentEnabled',
    'isCloudflareIntegrationEnabled',
    'isClickHouseConfigured',
    'isWorkspaceSchemaDDLLocked',
    'isOnboardingAiChatEnabled',
  ]
  const trial = (duration: number, isCreditCardRequired: boolean): Json => ({ duration, isCreditCardRequired })
  return {
    appVersion: SERVER_VERSION,
    billing: { isBillingEnabled: false, trialPeriods: [trial(30, true), trial(7, false)] },
    aiModels: [],
    authProviders: { google: false, magicLink: false, password: true, microsoft: false, sso: [] },
    signInPrefilled: true,
    defaultSubdomain: 'app',
    frontDomain: '127.0.0.1',
    publicFunctionDomain: null,
    support: { supportDriver: 'NONE' },
    sentry: { release: SERVER_VERSION },
    captcha: {},
    api: { mutationMaximumAffectedRecords: 100 },
    onboarding: null,
    isAttachmentPreviewEnabled: true,
    canManageFeatureFlags: true,
    publicFeatureFlags: [],
    isImapSmtpCaldavEnabled: true,
    isEmailingDomainInDemoMode: true,
    enterpriseInstanceType: 'production',
    ...Object.fromEntries(off.map((name) => [name, false])),
  }
}

/** `/.well-known/mcp/server-card.json`: the other page on which the server tells its version. */
export function serverCard(url: string): Json {
  return {
    $schema: 'https://static.modelcontextprotocol.io/schemas/v1/server-card.schema.json',
    name: 'com.twenty/twenty',
    version: SERVER_VERSION,
    title: 'Twenty CRM',
    websiteUrl: 'https://twenty.com',
    repository: { url: 'https://github.com/twentyhq/twenty', source: 'github' },
    remotes: [{ type: 'streamable-http', url: `${url}/mcp`, supportedProtocolVersions: ['2025-06-18'] }],
  }
}
