/** Ways in which a body, a secret or a URL gets changed on its way, so that a signature no longer fits. */

export interface Variant<T> {
  value: T
  /** What happened, when the signature fits this value. */
  story: string
}

const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encode = (value: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(value, 'utf8'))

const decode = (body: Uint8Array): string | null => {
  try {
    return text.decode(body)
  } catch {
    return null
  }
}

/** Python's json.dumps: a space after each comma and colon. */
const spaced = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map(spaced).join(', ')}]`
    : typeof value === 'object' && value !== null
      ? `{${Object.entries(value)
          .map(([key, inner]) => `${JSON.stringify(key)}: ${spaced(inner)}`)
          .join(', ')}}`
      : JSON.stringify(value)

const escaped = (json: string): string =>
  json.replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)

const rewritten = (content: string): [string, string][] => {
  try {
    const value: unknown = JSON.parse(content)
    const story = 'the JSON was parsed and written again'
    const compact = JSON.stringify(value)
    return [
      [compact, `${story}: sent without spaces`],
      [escaped(compact), `${story}: sent without spaces, with \\u escapes`],
      [compact.replaceAll('/', '\\/'), `${story}: sent with escaped slashes`],
      [JSON.stringify(value, null, 2), `${story}: sent with an indent of 2`],
      [JSON.stringify(value, null, 4), `${story}: sent with an indent of 4`],
      [spaced(value), `${story}: sent with spaces after commas and colons`],
      [escaped(spaced(value)), `${story}: sent with spaces after commas and colons, with \\u escapes`],
    ]
  } catch {
    return []
  }
}

/** What the sender may have signed, when this is what arrived. */
export const bodyVariants = (body: Uint8Array): Variant<Uint8Array<ArrayBuffer>>[] => {
  const content = decode(body)
  if (content === null) return []
  const bare = content.replace(/^\ufeff/, '')
  const candidates: [string, string][] = [
    [bare, 'a byte order mark was put before the body'],
    [bare.replace(/\r?\n$/, ''), 'a newline was added at the end of the body'],
    [bare.trim(), 'white space was added around the body'],
    [`${content}\n`, 'the newline at the end of the body was cut off'],
    [`${content}\r\n`, 'the CRLF at the end of the body was cut off'],
    [bare.replaceAll('\r\n', '\n'), 'line ends were changed from LF to CRLF'],
    [bare.replaceAll('\r\n', '\n').replace(/\n$/, ''), 'line ends were changed to CRLF and one was added'],
    [bare.replace(/\r?\n/g, '\r\n'), 'line ends were changed from CRLF to LF'],
    [`\ufeff${content}`, 'the byte order mark before the body was cut off'],
    ...rewritten(bare),
  ]
  return candidates
    .filter(([candidate]) => candidate !== content)
    .map(([candidate, story]) => ({ value: encode(candidate), story: `the body changed on its way: ${story}` }))
}

/** What the secret may be, when this is what was given. */
export const secretVariants = (secret: string): Variant<string>[] => {
  const candidates: [string, string][] = [
    [secret.trim(), 'the secret was given with white space around it'],
    [secret.trim().replace(/^(["'])(.*)\1$/, '$2'), 'the secret was given in quotes'],
    [`${secret}\n`, 'the sender holds the secret with a newline at its end'],
    [` ${secret}`, 'the sender holds the secret with a space before it'],
    [`${secret} `, 'the sender holds the secret with a space after it'],
  ]
  return candidates
    .filter(([candidate]) => candidate !== secret && candidate !== '')
    .map(([value, story]) => ({ value, story }))
}

/** What URL the sender may have called, when this is the one given. HubSpot signs the URL. */
export const urlVariants = (url: string): Variant<string>[] => {
  const candidates: [string, string][] = [
    [url.endsWith('/') ? url.slice(0, -1) : `${url}/`, 'the URL differs by a slash at its end'],
    [
      url.startsWith('https:') ? `http:${url.slice(6)}` : `https:${url.replace(/^http:/, '')}`,
      'the URL differs in http and https: give the public one',
    ],
    [url.replace(/\?.*$/, ''), 'the sender signed the URL without its query'],
    [url.replace(/:\d+(?=\/|$)/, ''), 'the sender signed the URL without its port: give the public one'],
  ]
  return candidates.filter(([candidate]) => candidate !== url).map(([value, story]) => ({ value, story }))
}
