export type Attributes = Record<string, string | undefined>

/** An element with text, or with elements indented below it. Attributes that are undefined are left out. */
export function element(tag: string, attributes: Attributes, content: string | string[] = []): string {
  const head = Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined ? [] : ` ${name}="${escape(value, true)}"`,
  )
  const start = `<${tag}${head.join('')}`
  if (typeof content === 'string') return `${start}>${escape(content, false)}</${tag}>`
  if (content.length === 0) return `${start}/>`
  return `${start}>\n${content.map(indent).join('\n')}\n</${tag}>`
}

/** Two spaces before every tag; lines of a text stay as they are, for spaces there may be meant. */
function indent(text: string): string {
  return text.replace(/^(?=\s*<)/gm, '  ')
}

/** Escapes what XML must; characters that XML 1.0 cannot hold are dropped. */
function escape(text: string, quoted: boolean): string {
  const safe = text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\r/g, '&#13;')
  return quoted ? safe.replace(/"/g, '&quot;').replace(/\n/g, '&#10;').replace(/\t/g, '&#9;') : safe
}
