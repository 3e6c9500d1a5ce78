/** The Account that keeps the list of accounts, and the consents that are asked for: a name that no account can have. */
export const REGISTRY = '.accounts'
