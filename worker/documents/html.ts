import type { Cell, DocumentModel, ModelBlock } from '../method/documents/model.ts'

/** What a page of HTML can't hold as it is. */
const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** A text inside quotes of a style sheet; angle brackets could end the style. */
const quoted = (text: string): string =>
  `"${text.replace(/["\\\n<>&]/g, (sign) => `\\${sign.charCodeAt(0).toString(16)} `)}"`

const lines = (text: string): string => escape(text).replaceAll('\n', '<br>')

const cellOf = ({ text, look, bar }: Cell): string => {
  const inside =
    bar === undefined ? lines(text) : `<div class="bar"><i style="width:${(bar * 100).toFixed(1)}%"></i></div>`
  return `<td class="${look}">${inside}</td>`
}

const blockOf = (block: ModelBlock): string => {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level + 1}>${lines(block.text)}</h${block.level + 1}>`
    case 'text':
      return block.paragraphs.map((text) => `<p>${lines(text)}</p>`).join('')
    case 'empty':
      return `<p class="empty">${lines(block.text)}</p>`
    case 'table': {
      const cols = block.widths.map((width) => `<col style="width:${width.toFixed(2)}%">`).join('')
      const head = block.head
        ? `<thead><tr>${block.head.map((text) => `<th>${lines(text)}</th>`).join('')}</tr></thead>`
        : ''
      const rows = block.rows.map((row) => `<tr>${row.map(cellOf).join('')}</tr>`).join('')
      return `<table class="${block.open ? 'open' : block.whole ? 'whole' : ''}"><colgroup>${cols}</colgroup>${head}<tbody>${rows}</tbody></table>`
    }
  }
}

const style = ({ language, landscape, issuer, header, footer }: DocumentModel): string => {
  const page =
    language === 'zh'
      ? '"第 " counter(page) " 页　共 " counter(pages) " 页"'
      : '"Page " counter(page) " of " counter(pages)'
  const serif =
    language === 'zh'
      ? '"Noto Serif CJK SC","SimSun","Songti SC",serif'
      : '"Georgia","Noto Serif","Noto Serif CJK SC",serif'
  const sans =
    language === 'zh'
      ? '"Noto Sans CJK SC","SimHei","PingFang SC",sans-serif'
      : '"Arial","Noto Sans","Noto Sans CJK SC",sans-serif'
  const margin = `font:8pt ${sans};color:#5a6472;vertical-align:middle`
  return `@page{size:A4 ${landscape ? 'landscape' : 'portrait'};margin:22mm 20mm 20mm;
@top-left{content:${quoted(issuer)};${margin}}@top-right{content:${quoted(header)};${margin}}
@bottom-left{content:${quoted(footer)};${margin}}@bottom-right{content:${page};${margin}}}
*{box-sizing:border-box}body{font:10.5pt/1.6 ${serif};color:#1c2430;margin:0}
h1{font:700 20pt/1.4 ${sans};text-align:center;letter-spacing:${language === 'zh' ? '.12em' : '0'};color:#12305b;margin:2mm 0 6mm;padding-bottom:3mm;border-bottom:1.6pt solid #12305b}
h2{font:700 12.5pt/1.5 ${sans};color:#12305b;margin:6mm 0 2.5mm;break-after:avoid}h3{font:700 11pt/1.5 ${sans};margin:4mm 0 2mm;break-after:avoid}
p{margin:0 0 2.5mm;${language === 'zh' ? 'text-indent:2em;' : ''}text-align:justify}p.empty{color:#5a6472;text-indent:0;border:.6pt solid #b9c2cf;padding:2mm 3mm}
table{width:100%;border-collapse:collapse;table-layout:fixed;margin:0 0 3mm;font-size:9.5pt;line-height:1.5}
td,th{border:.6pt solid #b9c2cf;padding:1.4mm 2.2mm;vertical-align:top;text-align:left;overflow-wrap:anywhere}tr{break-inside:avoid}
th{background:#12305b;color:#fff;font:600 9pt/1.5 ${sans};text-align:center;vertical-align:middle}td.value{vertical-align:middle}table.open td{vertical-align:top}td.label{background:#eef2f7;font:600 9pt/1.5 ${sans};vertical-align:middle}
td.number{text-align:right;font-variant-numeric:tabular-nums}td.centre{text-align:center}
.bar{height:3.2mm;margin-top:.8mm;background:#eef2f7}.bar i{display:block;height:100%;background:#2f6db5}
table.whole{break-inside:avoid}table.open{margin-top:10mm;break-inside:avoid}table.open th{background:#eef2f7;color:#1c2430}table.open td{height:24mm}`
}

/** A document as one page of HTML that needs nothing else: what is printed, and what a browser shows. */
export const htmlOf = (model: DocumentModel): string =>
  `<!doctype html><html lang="${model.language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${escape(model.title)}</title><style>${style(model)}</style></head><body><h1>${lines(model.title)}</h1>${model.blocks.map(blockOf).join('')}</body></html>`
