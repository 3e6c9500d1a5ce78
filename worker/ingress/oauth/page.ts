/** What a person sees who comes back from HubSpot: said in both languages, since nobody knows whose browser it is. */
export interface Message {
  status: number
  zh: string
  en: string
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char)

/** A page without scripts and links: the address in the browser's bar holds a code, so it is told to nobody. */
export const page = ({ status, zh, en }: Message): Response => {
  const body = `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Ladder</title>
<h1>Ladder · HubSpot</h1>
<p>${escaped(zh)}</p>
<p lang="en">${escaped(en)}</p>
</html>
`
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    ...(status === 405 ? { allow: 'GET' } : {}),
  }
  return new Response(body, { status, headers })
}
