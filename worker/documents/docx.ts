import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  HeadingLevel,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx'
import type { Cell, DocumentModel, ModelBlock } from '../method/documents/model.ts'

/** Twentieths of a point: A4 with the margins of the printed page. */
const A4 = { short: 11_906, long: 16_838 }
const MARGIN = { top: 1_247, bottom: 1_134, left: 1_134, right: 1_134, header: 600, footer: 560 }
const NAVY = '12305B'
const PALE = 'EEF2F7'
const GREY = '5A6472'
const LINE = { style: BorderStyle.SINGLE, size: 4, color: 'B9C2CF' }
const BORDERS = { top: LINE, bottom: LINE, left: LINE, right: LINE }

/** Fonts that office programs have; Chinese ones stand for Chinese signs whatever the language. */
const BODY = { ascii: 'Georgia', hAnsi: 'Georgia', eastAsia: 'SimSun', cs: 'Georgia' }
const STRONG = { ascii: 'Arial', hAnsi: 'Arial', eastAsia: 'SimHei', cs: 'Arial' }

type RunStyle = Partial<{ bold: boolean; size: number; color: string; strong: boolean }>

/** Runs of a text; each line of it begins on its own. */
const runs = (text: string, { bold = false, size = 19, color, strong = false }: RunStyle = {}): TextRun[] =>
  text.split('\n').map(
    (line, index) =>
      new TextRun({
        text: line,
        bold,
        size,
        font: strong ? STRONG : BODY,
        ...(color === undefined ? {} : { color }),
        ...(index > 0 ? { break: 1 } : {}),
      }),
  )

const shade = (fill: string) => ({ type: ShadingType.CLEAR, color: 'auto', fill })

const ALIGN = {
  label: AlignmentType.LEFT,
  value: AlignmentType.LEFT,
  number: AlignmentType.RIGHT,
  centre: AlignmentType.CENTER,
} as const

/** Blocks of a whole bar. */
const BAR = 26

/** A drawn share: full and light blocks, which every office program shows. */
const barRuns = (share: number): TextRun[] => {
  const full = Math.round(share * BAR)
  return [
    ...runs('█'.repeat(full), { color: '2F6DB5', size: 14 }),
    ...runs('█'.repeat(BAR - full), { color: PALE, size: 14 }),
  ]
}

/** `keepNext`: the row stays on the page of the one after it. */
const cellOf = ({ text, look, bar }: Cell, width: number, keepNext: boolean): TableCell =>
  new TableCell({
    width: { size: width, type: WidthType.DXA },
    borders: BORDERS,
    margins: { top: 70, bottom: 70, left: 110, right: 110 },
    verticalAlign: VerticalAlign.CENTER,
    ...(look === 'label' ? { shading: shade(PALE) } : {}),
    children: [
      new Paragraph({
        alignment: ALIGN[look],
        keepNext,
        children:
          bar === undefined ? runs(text, look === 'label' ? { bold: true, size: 18, strong: true } : {}) : barRuns(bar),
      }),
    ],
  })

const headCell = (text: string, width: number, isOpen: boolean): TableCell =>
  new TableCell({
    width: { size: width, type: WidthType.DXA },
    borders: BORDERS,
    margins: { top: 70, bottom: 70, left: 110, right: 110 },
    verticalAlign: VerticalAlign.CENTER,
    shading: shade(isOpen ? PALE : NAVY),
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        keepNext: true,
        children: runs(text, { bold: true, size: 18, strong: true, color: isOpen ? '1C2430' : 'FFFFFF' }),
      }),
    ],
  })

const tableOf = (block: Extract<ModelBlock, { kind: 'table' }>, room: number): Table => {
  const widths = block.widths.map((share) => Math.round((share / 100) * room))
  const isOpen = block.open === true
  const head = block.head
    ? [
        new TableRow({
          tableHeader: true,
          cantSplit: true,
          children: block.head.map((text, index) => headCell(text, widths[index] ?? 0, isOpen)),
        }),
      ]
    : []
  const rows = block.rows.map(
    (row, at) =>
      new TableRow({
        cantSplit: true,
        ...(isOpen ? { height: { value: 1_360, rule: 'atLeast' as const } } : {}),
        children: row.map((cell, index) =>
          cellOf(cell, widths[index] ?? 0, block.whole === true && at < block.rows.length - 1),
        ),
      }),
  )
  return new Table({
    width: { size: room, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    rows: [...head, ...rows],
  })
}

const blockOf = (block: ModelBlock, room: number, indent: number): (Paragraph | Table)[] => {
  switch (block.kind) {
    case 'heading':
      return [
        new Paragraph({
          heading: block.level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2,
          keepNext: true,
          spacing: { before: 280, after: 120 },
          children: runs(block.text, { bold: true, size: block.level === 1 ? 25 : 22, color: NAVY, strong: true }),
        }),
      ]
    case 'text':
      return block.paragraphs.map(
        (text) =>
          new Paragraph({
            alignment: AlignmentType.BOTH,
            indent: { firstLine: indent },
            spacing: { after: 140, line: 360 },
            children: runs(text, { size: 21 }),
          }),
      )
    case 'empty':
      return [new Paragraph({ spacing: { after: 140 }, children: runs(block.text, { color: GREY }) })]
    case 'table':
      // tables that touch become one
      return [
        ...(block.open ? [new Paragraph({ spacing: { before: 360 }, children: [] })] : []),
        tableOf(block, room),
        new Paragraph({ spacing: { after: 60, line: 120 }, children: [] }),
      ]
  }
}

const atEnds = (left: TextRun[], right: TextRun[], room: number, side: 'top' | 'bottom'): Paragraph =>
  new Paragraph({
    tabStops: [{ type: TabStopType.RIGHT, position: room }],
    border: { [side === 'top' ? 'bottom' : 'top']: { ...LINE, space: 4 } },
    children: [...left, new TextRun({ text: '\t' }), ...right],
  })

const pageRun = (children: (string | 'CURRENT' | 'NUMPAGES')[]): TextRun[] => [
  new TextRun({ size: 16, color: GREY, font: STRONG, children }),
]

/** A document as a Word file (DEV-A08, DEV-A09, DEV-CTRL, ESC-WEEK). */
export const docxOf = async (model: DocumentModel): Promise<Uint8Array<ArrayBuffer>> => {
  const { language, landscape, title, issuer } = model
  const isChinese = language === 'zh'
  const room = (landscape ? A4.long : A4.short) - MARGIN.left - MARGIN.right
  const small = { size: 16, color: GREY, strong: true }
  const pages = isChinese
    ? pageRun(['第 ', PageNumber.CURRENT, ' 页　共 ', PageNumber.TOTAL_PAGES, ' 页'])
    : pageRun(['Page ', PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES])
  const document = new Document({
    title,
    creator: issuer,
    lastModifiedBy: issuer,
    styles: {
      default: {
        document: {
          run: { font: BODY, size: 21, language: { value: isChinese ? 'zh-CN' : 'en-GB', eastAsia: 'zh-CN' } },
        },
      },
    },
    sections: [
      {
        properties: {
          page: {
            // the library turns the page itself
            size: {
              width: A4.short,
              height: A4.long,
              orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
            },
            margin: MARGIN,
          },
        },
        headers: {
          default: new Header({ children: [atEnds(runs(issuer, small), runs(model.header, small), room, 'top')] }),
        },
        footers: { default: new Footer({ children: [atEnds(runs(model.footer, small), pages, room, 'bottom')] }) },
        children: [
          new Paragraph({
            heading: HeadingLevel.TITLE,
            alignment: AlignmentType.CENTER,
            spacing: { before: 60, after: 300 },
            border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: NAVY, space: 8 } },
            children: runs(title, { bold: true, size: 40, color: NAVY, strong: true }),
          }),
          ...model.blocks.flatMap((block) => blockOf(block, room, isChinese ? 420 : 0)),
        ],
      },
    ],
  })
  return new Uint8Array(await Packer.toArrayBuffer(document))
}
