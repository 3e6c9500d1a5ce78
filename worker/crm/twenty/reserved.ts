/**
 * Words that Twenty 2.31 keeps for itself: neither an object nor a field may be called so (its
 * `RESERVED_METADATA_NAME_KEYWORDS`).
 */
export const RESERVED_NAMES: ReadonlySet<string> = new Set(
  `approvedAccessDomain approvedAccessDomains appToken appTokens billingCustomer billingCustomers billingEntitlement
  billingEntitlements billingMeter billingMeters billingProduct billingProducts billingSubscription billingSubscriptions
  billingSubscriptionItem billingSubscriptionItems featureFlag featureFlags job jobs keyValuePair keyValuePairs pageLayout
  pageLayouts pageLayoutTab pageLayoutTabs pageLayoutWidget pageLayoutWidgets twoFactorMethod twoFactorMethods user users
  userWorkspace userWorkspaces workspace workspaces role roles userWorkspaceRole userWorkspaceRoles plan plans event events
  field fields link links currency currencies fullNames address addresses type types object objects index relation
  relations aggregate search searches`.split(/\s+/),
)

/**
 * A neutral field name as Twenty takes it: its own, but for reserved words, which get Ladder's prefix as the fields of
 * standard objects have it (`role` → `ladderRole`).
 */
export const twentyName = (name: string): string =>
  RESERVED_NAMES.has(name) ? `ladder${name.charAt(0).toUpperCase()}${name.slice(1)}` : name
