import { columnsOf, type Place, placesOf } from '../../../schemas/documents/places.ts'
import type { DocumentRequest } from '../../../schemas/documents/request.ts'
import type { Value } from '../../../schemas/events/index.ts'
import type { Label } from '../../../schemas/model/define.ts'
import type { DocumentBlock, DocumentLanguage } from '../../../schemas/playbook/documents.ts'
import { BLANK, type Showing, valueText } from './values.ts'

/** A cell of a table. `bar`: a share from 0 to 1 that is drawn. */
export interface Cell {
  text: string
  look: 'label' | 'value' | 'number' | 'centre'
  bar?: number
}

export type ModelBlock =
  | { kind: 'heading'; level: 1 | 2; text: string }
  | { kind: 'text'; paragraphs: string[] }
  /** Widths are shares of the page. `head` stands again on each page. `open`: for signing, with room. `whole`: on one page. */
  | { kind: 'table'; widths: number[]; head: string[] | null; rows: Cell[][]; open?: boolean; whole?: boolean }
  /** A lone remark in the place of an empty list. */
  | { kind: 'empty'; text: string }

/** A document in one language, ready to be drawn as Word or as a page: neither knows of fields or records. */
export interface DocumentModel {
  language: DocumentLanguage
  title: string
  issuer: string
  header: string
  footer: string
  landscape: boolean
  /** Without an ending; the same for the same document. */
  fileName: string
  blocks: ModelBlock[]
}

/** Lays a document out in one language (DEV-A08, DEV-A09, DEV-CTRL, ESC-WEEK). */
export const modelOf = (
  request: DocumentRequest,
  language: DocumentLanguage,
  people: Showing['people'],
): DocumentModel => {
  const { layout, issuer, version } = request
  const page = new Page(request, { language, zone: request.zone, people })
  const title = layout.name[language]
  const about = page.value(layout.about === 'week' ? 'week.scope' : 'customer.name')
  const when = layout.about === 'week' ? String(request.values['week.from'] ?? request.on) : `v${version}`
  return {
    language,
    title,
    issuer: issuer[language],
    header: page.text(layout.header),
    footer: page.text(layout.footer),
    landscape: layout.landscape,
    fileName: [title, about === BLANK ? '' : about, when]
      .filter(Boolean)
      .join('_')
      .replace(/[\\/:*?"<>|\s]+/g, '-'),
    blocks: layout.blocks.map((block) => page.block(block)),
  }
}

/** Puts values into the blocks of one document. */
class Page {
  readonly #request: DocumentRequest
  readonly #showing: Showing
  readonly #places: ReadonlyMap<string, Place>

  constructor(request: DocumentRequest, showing: Showing) {
    this.#request = request
    this.#showing = showing
    this.#places = placesOf(request.layout.about)
  }

  #raw(name: string): Value {
    const { on, version, values } = this.#request
    return name === 'document.on' ? on : name === 'document.version' ? version : (values[name] ?? null)
  }

  value(name: string): string {
    const place = this.#places.get(name)
    return place ? valueText(this.#raw(name), place, this.#showing) : BLANK
  }

  #label(name: string): string {
    return this.#places.get(name)?.label[this.#showing.language] ?? name
  }

  text(label: Label): string {
    return label[this.#showing.language].replace(/\{([^{}]*)\}/g, (_, name: string) => this.value(name.trim()))
  }

  block(block: DocumentBlock): ModelBlock {
    switch (block.block) {
      case 'heading':
        return { kind: 'heading', level: block.level, text: this.text(block.text) }
      case 'text':
        return { kind: 'text', paragraphs: this.text(block.text).split(/\n+/) }
      case 'fields':
        return block.columns === 1 ? this.#long(block.fields) : this.#pairs(block.fields)
      case 'scores':
        return this.#scores(block.fields, block.of)
      case 'list':
        return this.#list(block)
      case 'signatures':
        return this.#signatures(block.parties)
    }
  }

  #long(fields: string[]): ModelBlock {
    return { kind: 'table', widths: [22, 78], head: null, rows: fields.map((name) => this.#pair(name)) }
  }

  #pair(name: string): Cell[] {
    return [
      { text: this.#label(name), look: 'label' },
      { text: this.value(name), look: 'value' },
    ]
  }

  #pairs(fields: string[]): ModelBlock {
    const nothing: Cell[] = [
      { text: '', look: 'label' },
      { text: '', look: 'value' },
    ]
    const rows: Cell[][] = []
    for (let at = 0; at < fields.length; at += 2) {
      const second = fields[at + 1]
      rows.push([...this.#pair(fields[at] ?? ''), ...(second === undefined ? nothing : this.#pair(second))])
    }
    return { kind: 'table', widths: [18, 32, 18, 32], head: null, rows }
  }

  #scores(fields: string[], of: number): ModelBlock {
    const zh = this.#showing.language === 'zh'
    const given = fields.map((name) => this.#raw(name)).filter((value) => typeof value === 'number')
    const mean = given.length === 0 ? null : given.reduce((sum, one) => sum + one, 0) / given.length
    const row = (name: string, value: number | null): Cell[] => [
      { text: name, look: 'label' },
      { text: value === null ? BLANK : String(Math.round(value * 10) / 10), look: 'number' },
      { text: String(of), look: 'number' },
      { text: '', look: 'value', bar: Math.min(1, Math.max(0, (value ?? 0) / of)) },
    ]
    const rows = fields.map((name) => {
      const value = this.#raw(name)
      return row(this.#label(name), typeof value === 'number' ? value : null)
    })
    return {
      kind: 'table',
      widths: [26, 14, 14, 46],
      head: zh ? ['评价维度', '得分', '满分', '图示'] : ['Measure', 'Score', 'Of', 'Shown'],
      rows: [...rows, row(zh ? '综合（平均）' : 'Together (mean)', mean)],
      whole: true,
    }
  }

  #list({ list, columns, empty }: Extract<DocumentBlock, { block: 'list' }>): ModelBlock {
    const rows = this.#request.lists[list] ?? []
    const { language } = this.#showing
    if (rows.length === 0) return { kind: 'empty', text: this.text(empty) }
    const places = columnsOf(list)
    const all = columns.reduce((sum, { width }) => sum + width, 0)
    return {
      kind: 'table',
      widths: columns.map(({ width }) => (width / all) * 100),
      head: columns.map(({ field, label }) => (label ?? places.get(field)?.label)?.[language] ?? field),
      rows: rows.map((row) =>
        columns.map(({ field }) => {
          const place = places.get(field)
          const text = place ? valueText(row[field], place, this.#showing) : BLANK
          return { text, look: lookOf(place) }
        }),
      ),
    }
  }

  #signatures(parties: Label[]): ModelBlock {
    const { language } = this.#showing
    const line = language === 'zh' ? '签字：\n\n日期：' : 'Signed:\n\nDate:'
    return {
      kind: 'table',
      widths: parties.map(() => 100 / parties.length),
      head: parties.map((party) => party[language]),
      rows: [parties.map(() => ({ text: line, look: 'value' }))],
      open: true,
    }
  }
}

const lookOf = (place: Place | undefined): Cell['look'] =>
  place?.type === 'money' || place?.type === 'number'
    ? 'number'
    : place?.type === 'integer' || place?.type === 'date'
      ? 'centre'
      : 'value'
