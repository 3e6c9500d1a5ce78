import type { Admin } from './admin.ts'

/** An address that signs one browser in to the console, once. */
export interface SignInLink {
  url: string
  /** ISO instant. */
  until: string
}

/** Asks a running Ladder for a sign-in link; a text says why there is none. */
export const signInLink = async (admin: Admin): Promise<SignInLink | string> => {
  const answer = await admin.call('POST', '/access/setup-token')
  if (!answer.ok) return answer.message
  return { url: `${admin.url}${String(answer.body.path)}`, until: String(answer.body.until) }
}
