import type { Text } from './types.ts'

/** An element of an XML document. `ns` is the namespace it is in; attributes without namespace only by their own name. */
export type Element = {
  ns: string
  name: string
  attributes: Map<string, string>
  children: Element[]
  text: string
}

export type Xml = { ok: true; root: Element } | { ok: false; message: Text }

/** What a document may be at most: 4 Mi characters, 100 levels, 100,000 elements. */
const MAX_LENGTH = 4 * 1024 * 1024
const MAX_DEPTH = 100
const MAX_ELEMENTS = 100_000

class Refusal extends Error {
  readonly text: Text
  constructor(en: string, zh: string) {
    super(en)
    this.text = { en, zh }
  }
}

/**
 * Reads XML 1.0 without document types: DOCTYPE and entities of one's own are refused, so nothing can be fetched or blown up.
 * Malformed or too large input gives `ok: false` with the line; it never throws.
 */
export function readXml(source: string): Xml {
  try {
    return { ok: true, root: new Reader(source).read() }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, message: error.text }
    throw error
  }
}

type Open = { element: Element; tag: string; scope: Map<string, string> }

class Reader {
  private at = 0
  private count = 0
  private readonly open: Open[] = []
  private root: Element | null = null
  private readonly source: string

  constructor(source: string) {
    if (source.length > MAX_LENGTH) throw new Refusal('The file is larger than 4 MiB.', '文件超过 4 MiB。')
    this.source = source.charCodeAt(0) === 0xfeff ? source.slice(1) : source
  }

  read(): Element {
    while (this.at < this.source.length) {
      const next = this.source.indexOf('<', this.at)
      this.addText(this.decode(this.source.slice(this.at, next < 0 ? undefined : next)))
      if (next < 0) break
      this.at = next
      this.markup()
    }
    const unclosed = this.open.at(-1)
    this.at = this.source.length
    if (unclosed) this.fail(`<${unclosed.tag}> is not closed`, `<${unclosed.tag}> 未闭合`)
    return this.root ?? this.fail('there is no element', '没有任何元素')
  }

  private markup(): void {
    const { source, at } = this
    if (source.startsWith('<!--', at)) this.skipTo('-->')
    else if (source.startsWith('<![CDATA[', at)) {
      const text = this.skipTo(']]>').slice(9, -3)
      if (this.open.length === 0) this.fail('text outside of the root element', '根元素之外有文本')
      this.addText(text)
    } else if (source.startsWith('<?', at)) this.skipTo('?>')
    else if (source.startsWith('<!', at))
      this.fail('document types (DOCTYPE, ENTITY) are not accepted', '不接受文档类型定义（DOCTYPE、ENTITY）')
    else if (source.startsWith('</', at)) this.endTag()
    else this.startTag()
  }

  private skipTo(end: string): string {
    const found = this.source.indexOf(end, this.at + 2)
    if (found < 0) this.fail(`${end} is missing`, `缺少 ${end}`)
    const text = this.source.slice(this.at, found + end.length)
    this.at = found + end.length
    return text
  }

  private endTag(): void {
    const [tag] = this.match(/<\/([^\s<>/]+)\s*>/y, 'a closing tag', '结束标签')
    const closed = this.open.pop()
    if (closed?.tag !== tag) this.fail(`</${tag}> closes nothing`, `</${tag}> 没有对应的开始标签`)
  }

  private startTag(): void {
    const parent = this.open.at(-1)
    if (!parent && this.root) this.fail('there are two root elements', '有两个根元素')
    if (this.open.length >= MAX_DEPTH) this.fail('elements are nested too deeply', '元素嵌套过深')
    if (++this.count > MAX_ELEMENTS) this.fail('there are too many elements', '元素过多')
    const [tag] = this.match(/<([^\s<>/="']+)/y, 'a tag', '标签')
    const raw = this.attributes()
    const scope = new Map(parent?.scope ?? [['xml', 'http://www.w3.org/XML/1998/namespace']])
    for (const [name, value] of raw) {
      if (name === 'xmlns') scope.set('', value)
      else if (name.startsWith('xmlns:')) scope.set(name.slice(6), value)
    }
    const colon = tag.indexOf(':')
    const prefix = colon < 0 ? '' : tag.slice(0, colon)
    const ns = scope.get(prefix)
    if (ns === undefined && prefix !== '') this.fail(`the prefix ${prefix} is not declared`, `前缀 ${prefix} 未声明`)
    const element: Element = { ns: ns ?? '', name: tag.slice(colon + 1), attributes: raw, children: [], text: '' }
    if (parent) parent.element.children.push(element)
    else this.root = element
    const [end] = this.match(/(\/?)>/y, '>', '>')
    if (end === '') this.open.push({ element, tag, scope })
  }

  private attributes(): Map<string, string> {
    const found = new Map<string, string>()
    const pattern = /\s+([^\s<>/="']+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y
    pattern.lastIndex = this.at
    for (let match = pattern.exec(this.source); match; match = pattern.exec(this.source)) {
      const [, name = '', double, single] = match
      if (found.has(name)) this.fail(`attribute ${name} stands twice`, `属性 ${name} 重复`)
      found.set(name, this.decode(double ?? single ?? ''))
      this.at = pattern.lastIndex
    }
    const space = /\s*/y
    space.lastIndex = this.at
    this.at += space.exec(this.source)?.[0].length ?? 0
    return found
  }

  private match(pattern: RegExp, en: string, zh: string): [string] {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.source)
    if (!found) this.fail(`${en} is expected`, `此处应为${zh}`)
    this.at += found[0].length
    return [found[1] ?? '']
  }

  private addText(text: string): void {
    const current = this.open.at(-1)
    if (current) current.element.text += text
    else if (text.trim() !== '') this.fail('text outside of the root element', '根元素之外有文本')
  }

  private decode(text: string): string {
    if (!text.includes('&')) return text
    return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos));|&/g, (all, decimal, hex, name) => {
      if (name) return { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }[name as string] ?? all
      const point = decimal ? Number(decimal) : parseInt(String(hex), 16)
      if (Number.isNaN(point) || point > 0x10ffff) this.fail('an entity is not known', '存在未知实体')
      return String.fromCodePoint(point)
    })
  }

  private fail(en: string, zh: string): never {
    const line = this.source.slice(0, this.at).split('\n').length
    throw new Refusal(`Line ${line}: ${en}.`, `第 ${line} 行：${zh}。`)
  }
}
