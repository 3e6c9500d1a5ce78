import { APP_UID } from './names.ts'
import { redirectUrl, type ProjectWish } from './options.ts'
import type { Component } from './schema.ts'
import { appScopes } from './scopes.ts'

type AppComponent = Extract<Component, { type: 'app' }>

/** The app: private to the bank, with the least scopes; static for one account, OAuth for several. */
export const appComponent = (wish: ProjectWish): AppComponent => ({
  uid: APP_UID,
  type: 'app',
  config: {
    name: 'Ladder',
    description:
      '银行客户开发、定级、活动与督办。 Development stages, tier rules, campaigns and escalations of a bank.',
    distribution: 'private',
    auth: {
      type: wish.oauth ? 'oauth' : 'static',
      ...(wish.oauth ? { redirectUrls: [redirectUrl(wish)] } : {}),
      requiredScopes: appScopes(wish.carrier, wish.marketingEvents),
      optionalScopes: [],
      conditionallyRequiredScopes: [],
    },
    permittedUrls: { fetch: [wish.publicUrl], iframe: [], img: [] },
    ...(wish.supportEmail ? { support: { supportEmail: wish.supportEmail } } : {}),
  },
})
