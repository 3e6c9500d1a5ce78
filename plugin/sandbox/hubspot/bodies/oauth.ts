import { z } from 'zod'

/** The three calls of OAuth have forms for bodies, not JSON. */
export const token = z.strictObject({
  grant_type: z.enum(['authorization_code', 'refresh_token']),
  client_id: z.string(),
  client_secret: z.string(),
  redirect_uri: z.string().optional(),
  code: z.string().optional(),
  code_verifier: z.string().optional(),
  refresh_token: z.string().optional(),
})
/** A token of the app itself: another version has it. */
export const appToken = z.strictObject({
  grant_type: z.literal('client_credentials'),
  client_id: z.string(),
  client_secret: z.string(),
  scope: z.string().optional(),
})
export const tokenOf = z.strictObject({
  client_id: z.string(),
  client_secret: z.string(),
  token: z.string(),
  token_type_hint: z.enum(['access_token', 'refresh_token']).optional(),
})

export const granted = z.strictObject({
  access_token: z.string().max(300),
  refresh_token: z.string(),
  id_token: z.string(),
  expires_in: z.number().int(),
  token_type: z.literal('bearer'),
  token_use: z.literal('access_token'),
  hub_id: z.number().int(),
  user_id: z.number().int(),
  scopes: z.array(z.string()),
})
export const appGranted = z.strictObject({
  access_token: z.string().max(300),
  expires_in: z.number().int(),
  token_type: z.literal('bearer'),
  token_use: z.literal('client_credentials'),
})
export const introspected = z.union([
  z.strictObject({ active: z.literal(false) }),
  z.strictObject({
    active: z.literal(true),
    token: z.string(),
    token_use: z.enum(['access_token', 'refresh_token']),
    token_type: z.literal('bearer'),
    client_id: z.string(),
    hub_id: z.number().int(),
    app_id: z.number().int(),
    user_id: z.number().int(),
    scopes: z.array(z.string()),
    expires_in: z.number().int().optional(),
    is_private_distribution: z.boolean().optional(),
  }),
])
