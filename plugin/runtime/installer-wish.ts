import * as z from '../../schemas/z.ts'

const text = z.string().check(z.minLength(1), z.maxLength(4096))
const ADDRESS = 'an address such as https://crm.example.com'
const NAME = 'small letters, digits, dashes'
const CHINESE: Readonly<Record<string, string>> = {
  [ADDRESS]: '须为形如 https://crm.example.com 的地址',
  [NAME]: '只能用小写字母、数字和连字符',
}
const url = text.check(z.regex(/^https?:\/\/[^\s]+$/, ADDRESS))

/** What a page may ask the installer for: the options of `ladder doctor|plan|apply|verify`. `token`, `clientSecret`: secrets. */
const wishSchema = z.strictObject({
  action: z.enum(['doctor', 'plan', 'apply', 'verify']),
  crm: z.enum(['twenty', 'hubspot']),
  url: z.optional(url),
  token: text,
  account: z.optional(z.string().check(z.regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, NAME))),
  clientSecret: z.optional(text),
  clientId: z.optional(text),
  carrier: z.optional(z.enum(['custom', 'deal', 'auto'])),
  language: z.optional(z.enum(['zh-CN', 'en'])),
})
export type InstallWish = z.infer<typeof wishSchema>

export const readWish = (
  body: unknown,
): { ok: true; value: InstallWish } | { ok: false; message: string; zh: string } => {
  const read = wishSchema.safeParse(body)
  if (read.success) return { ok: true, value: read.data }
  // never the value: it may be a secret
  const told = (words: (message: string) => string): string =>
    read.error.issues.map(({ path, message }) => `${path.join('.')}: ${words(message)}`).join('; ')
  return {
    ok: false,
    message: told((message) => message),
    zh: `填写有误：${told((message) => CHINESE[message] ?? message)}`,
  }
}

/**
 * The command line of a wish. Values stand behind an equals sign, so that none can pass for an option; secrets are named by the
 * environment variables that hold them.
 */
export const argumentsOf = (wish: InstallWish, ladderUrl: string, tokenEnv: string, secretEnv: string): string[] => {
  const { action, crm, account, clientId, carrier, language } = wish
  const isHubspot = crm === 'hubspot'
  const installs = action !== 'doctor'
  const options: (string | false | undefined)[] = [
    `--crm=${crm}`,
    `--token-env=${tokenEnv}`,
    `--ladder-url=${ladderUrl}`,
    wish.url !== undefined && `--url=${wish.url}`,
    account !== undefined && `--account=${account}`,
    isHubspot && wish.clientSecret !== undefined && `--${installs ? 'client-secret-env' : 'secret-env'}=${secretEnv}`,
    isHubspot && clientId !== undefined && `--client-id=${clientId}`,
    isHubspot && installs && carrier !== undefined && `--carrier=${carrier}`,
    isHubspot && installs && language !== undefined && `--language=${language}`,
    action === 'apply' && '--yes',
    '--json',
  ]
  return [action, ...options.filter((one) => typeof one === 'string')]
}
