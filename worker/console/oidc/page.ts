const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char)

/** What a person is told who can't be signed in, in both languages. */
export interface Told {
  status: number
  zh: string
  en: string
}

/** A page that runs nothing, with a way back. The address may hold a code, so it is told to nobody. */
export const toldPage = ({ status, zh, en }: Told, headers: [string, string][] = []): Response => {
  const body = `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Ladder</title>
<h1>Ladder</h1>
<p>${escaped(zh)}</p>
<p lang="en">${escaped(en)}</p>
<p><a href="/console/">返回 <span lang="en">Back</span></a></p>
</html>
`
  return new Response(body, {
    status,
    headers: [
      ['content-type', 'text/html; charset=utf-8'],
      ['cache-control', 'no-store'],
      ['content-security-policy', "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"],
      ['referrer-policy', 'no-referrer'],
      ['x-content-type-options', 'nosniff'],
      ['x-frame-options', 'DENY'],
      ...headers,
    ],
  })
}
