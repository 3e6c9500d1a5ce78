import * as z from 'zod'
import { PLATFORM } from './names.ts'

/**
 * The components that Ladder's project has, in our own words: strict, because HubSpot's own parser lets unknown keys, wrong
 * types and missing files through.
 */

const uid = z.string().regex(/^[a-zA-Z0-9_\-.]{1,64}$/, 'letters, digits, _ - and ., at most 64')
const https = z.url({
  protocol: /^https$/,
  hostname: z.regexes.domain,
  error: 'an https address with a full host name',
})
const text = z.string().min(1)
const scope = z.string().regex(/^[a-z][a-z0-9_.-]*$/, 'a scope such as crm.objects.contacts.read')

export const projectSchema = z.strictObject({
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,50}$/),
  srcDir: z.string().regex(/^[a-zA-Z0-9_-]+$/),
  platformVersion: z.literal(PLATFORM),
})

const appConfig = z
  .strictObject({
    name: text.max(200),
    description: text,
    distribution: z.enum(['private', 'marketplace']),
    auth: z.strictObject({
      type: z.enum(['static', 'oauth']),
      redirectUrls: z.array(https).min(1).optional(),
      requiredScopes: z.array(scope).min(1),
      optionalScopes: z.array(scope),
      conditionallyRequiredScopes: z.array(scope),
    }),
    permittedUrls: z.strictObject({ fetch: z.array(https), iframe: z.array(https), img: z.array(https) }),
    support: z
      .strictObject({
        supportEmail: z.email().optional(),
        documentationUrl: https.optional(),
        supportUrl: https.optional(),
        supportPhone: text.optional(),
      })
      .optional(),
  })
  .superRefine(({ auth, distribution }, context) => {
    const wrong = (message: string): void => context.addIssue({ code: 'custom', path: ['auth'], message })
    if (auth.type === 'static' && distribution !== 'private') wrong('an app of the marketplace needs oauth')
    if ((auth.type === 'oauth') !== (auth.redirectUrls !== undefined))
      wrong('redirectUrls go with oauth, and with it alone')
    const all = [...auth.requiredScopes, ...auth.optionalScopes, ...auth.conditionallyRequiredScopes]
    if (new Set(all).size < all.length) wrong('a scope stands twice')
  })

const HAPPENINGS = ['creation', 'deletion', 'merge', 'restore', 'associationChange', 'propertyChange'] as const
const objectType = z.string().regex(/^([a-z][a-z0-9_]*|\d+-\d+)$/, 'a name such as contact, or a type id such as 2-123')

const subscription = z
  .strictObject({
    subscriptionType: z.enum(HAPPENINGS.map((what) => `object.${what}` as const)),
    objectType,
    propertyName: z
      .string()
      .regex(/^[a-z][a-z0-9_]*$/)
      .optional(),
    active: z.boolean(),
  })
  .refine(
    ({ subscriptionType, propertyName }) =>
      (subscriptionType === 'object.propertyChange') === (propertyName !== undefined),
    { path: ['propertyName'], message: 'goes with object.propertyChange, and with it alone' },
  )

const legacySubscription = z.strictObject({
  subscriptionType: z.string().regex(/^(contact|company|deal|ticket|product|line_item)\.[a-zA-Z]+$/),
  propertyName: z.string().optional(),
  active: z.boolean(),
})

/** HubSpot takes no more subscriptions of an app. */
const MOST_SUBSCRIPTIONS = 1000

const webhooksConfig = z.strictObject({
  settings: z.strictObject({ targetUrl: https, maxConcurrentRequests: z.int().min(6).max(1000) }),
  subscriptions: z
    .strictObject({
      crmObjects: z.array(subscription),
      legacyCrmObjects: z.array(legacySubscription),
      hubEvents: z.array(
        z.strictObject({ subscriptionType: z.enum(['contact.privacyDeletion']), active: z.boolean() }),
      ),
    })
    .superRefine(({ crmObjects, legacyCrmObjects, hubEvents }, context) => {
      const all = [...crmObjects, ...legacyCrmObjects, ...hubEvents]
      const wrong = (message: string): void => context.addIssue({ code: 'custom', message })
      if (all.length > MOST_SUBSCRIPTIONS) wrong(`more than ${MOST_SUBSCRIPTIONS} subscriptions`)
      const keys = all.map((one) => JSON.stringify({ ...one, active: true }))
      if (new Set(keys).size < keys.length) wrong('a subscription stands twice')
    }),
})

/** Which fields may show a type. */
const PAIRS: Record<string, readonly string[]> = {
  string: ['text', 'textarea'],
  number: ['number'],
  bool: ['booleancheckbox'],
  date: ['date'],
  datetime: ['date'],
  enumeration: ['select', 'radio', 'checkbox', 'booleancheckbox'],
}

const typeDefinition = z
  .strictObject({
    name: z.string().regex(/^[a-zA-Z][a-zA-Z0-9_]*$/),
    type: z.enum(['string', 'number', 'bool', 'date', 'datetime', 'enumeration']),
    fieldType: z.enum(['text', 'textarea', 'number', 'booleancheckbox', 'date', 'select', 'radio', 'checkbox']),
    options: z
      .array(z.strictObject({ value: text, label: text }))
      .min(1)
      .optional(),
  })
  .superRefine(({ type, fieldType, options }, context) => {
    if (!PAIRS[type]?.includes(fieldType))
      context.addIssue({ code: 'custom', path: ['fieldType'], message: `${fieldType} can't show ${type}` })
    if (type === 'enumeration' && !options)
      context.addIssue({ code: 'custom', path: ['options'], message: 'an enumeration needs options' })
    const values = (options ?? []).map(({ value }) => value)
    if (new Set(values).size < values.length)
      context.addIssue({ code: 'custom', path: ['options'], message: 'a value stands twice' })
  })

const words = z.record(z.string(), text)

const actionConfig = z
  .strictObject({
    actionUrl: https,
    isPublished: z.boolean(),
    supportedClients: z.array(z.strictObject({ client: z.enum(['WORKFLOWS', 'AGENTS']) })).min(1),
    inputFields: z.array(
      z.strictObject({
        typeDefinition,
        supportedValueTypes: z.array(z.enum(['STATIC_VALUE', 'OBJECT_PROPERTY'])).min(1),
        isRequired: z.boolean(),
      }),
    ),
    outputFields: z.array(z.strictObject({ typeDefinition })),
    labels: z.strictObject({
      en: z.strictObject({
        actionName: text.max(100),
        actionDescription: text,
        actionCardContent: text,
        inputFieldLabels: words,
        inputFieldDescriptions: words,
        outputFieldLabels: words,
      }),
    }),
    objectTypes: z
      .array(z.string().regex(/^([A-Z][A-Z_]*|\d+-\d+)$/))
      .min(1)
      .optional(),
    objectRequestOptions: z.strictObject({ properties: z.array(text) }).optional(),
  })
  .superRefine(({ inputFields, outputFields, labels: { en } }, context) => {
    const check = (
      path: string,
      fields: { typeDefinition: { name: string } }[],
      labels: Record<string, string>,
    ): void => {
      const names = fields.map((field) => field.typeDefinition.name)
      const wrong = (message: string): void => context.addIssue({ code: 'custom', path: [path], message })
      if (new Set(names).size < names.length) wrong('a name stands twice')
      for (const name of names) if (!Object.hasOwn(labels, name)) wrong(`${name} has no label`)
      for (const name of Object.keys(labels)) if (!names.includes(name)) wrong(`there is no field ${name} to label`)
    }
    check('inputFields', inputFields, en.inputFieldLabels)
    check('outputFields', outputFields, en.outputFieldLabels)
  })

const entrypoint = (folder: string) =>
  z.string().regex(new RegExp(`^/app/${folder}/[A-Za-z0-9_-]+\\.[jt]sx$`), `a .jsx or .tsx file in /app/${folder}`)

const cardConfig = z.strictObject({
  name: text.max(100),
  description: text,
  location: z.enum(['crm.record.tab', 'crm.record.sidebar', 'crm.preview', 'helpdesk.sidebar']),
  entrypoint: entrypoint('cards'),
  objectTypes: z
    .array(
      z.string().regex(/^(contacts|companies|deals|tickets|p_[a-z][a-z0-9_]*)$/, 'such as companies, or p_ and a name'),
    )
    .min(1)
    .refine((types) => new Set(types).size === types.length, 'an object stands twice'),
})

const settingsConfig = z.strictObject({ entrypoint: entrypoint('settings') })

/** Packages of a folder of cards: HubSpot installs them when it builds the project. */
export const packagesSchema = z.looseObject({
  dependencies: z.looseObject({
    '@hubspot/ui-extensions': text,
    react: z.string().regex(/^[\^~]?18\./, 'HubSpot runs React 18'),
  }),
})

export const componentSchema = z.discriminatedUnion('type', [
  z.strictObject({ uid, type: z.literal('app'), config: appConfig }),
  z.strictObject({ uid, type: z.literal('webhooks'), config: webhooksConfig }),
  z.strictObject({ uid, type: z.literal('workflow-action'), config: actionConfig }),
  z.strictObject({ uid, type: z.literal('card'), config: cardConfig }),
  z.strictObject({ uid, type: z.literal('settings'), config: settingsConfig }),
])
export type Component = z.infer<typeof componentSchema>
