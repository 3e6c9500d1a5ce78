import type { DocumentRequest } from '../../schemas/documents/request.ts'
import type { DocumentLanguage } from '../../schemas/playbook/index.ts'
import type { CrmFile, MadeFiles } from '../crm/port.ts'
import { render } from './render.ts'

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const PDF = 'application/pdf'
/** A page is printed in a second or two; a browser that has to be started first takes some more. */
const PRINT_MS = 60_000

/** The settings of the Worker that name its printer. */
interface PrinterEnv {
  LADDER_PRINTER_URL?: string
  LADDER_PRINTER_TOKEN?: string
}
type Printed = { ok: true; bytes: Uint8Array<ArrayBuffer> } | { ok: false; fault: string }

/** Has a page printed by the browser that the environment names: the answer is a PDF, or why there is none. */
const print = async (env: PrinterEnv, html: string): Promise<Printed> => {
  const { LADDER_PRINTER_URL: url = '', LADDER_PRINTER_TOKEN: token } = env
  const fault = (text: string): Printed => ({ ok: false, fault: `not printed: ${text}` })
  if (!URL.canParse(url)) return fault(url === '' ? 'no printer is set up' : 'LADDER_PRINTER_URL is no address')
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(PRINT_MS),
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify({ html, pdfOptions: { preferCSSPageSize: true, printBackground: true } }),
    })
    const bytes = new Uint8Array(await response.arrayBuffer())
    if (!response.ok) return fault(`the printer answers ${response.status}`)
    return isPdf(bytes) ? { ok: true, bytes } : fault('what the printer gives is no PDF')
  } catch {
    return fault('the printer is not reached')
  }
}

const isPdf = (bytes: Uint8Array): boolean => new TextDecoder().decode(bytes.slice(0, 5)) === '%PDF-'

/** All files of a document: Word in each language, and printed ones where there is a printer. */
export const makeFiles = async (
  env: PrinterEnv,
  request: DocumentRequest,
  people: ReadonlyMap<string, string>,
): Promise<MadeFiles> => {
  const files: CrmFile[] = []
  const hasPrinter = Boolean(env.LADDER_PRINTER_URL)
  let fault: string | null = null
  for (const language of request.languages) {
    const { fileName, docx, html } = await render(request, language, people)
    files.push({ part: `${language}.docx`, name: `${fileName}.docx`, type: WORD, bytes: docx })
    const pdf = hasPrinter ? await print(env, html) : undefined
    if (pdf?.ok) files.push({ part: `${language}.pdf`, name: `${fileName}.pdf`, type: PDF, bytes: pdf.bytes })
    else if (pdf) fault = pdf.fault
  }
  return { files, remark: hasPrinter ? '' : 'Word alone: no printer is set up / 仅 Word：未配置打印', fault }
}

/** One form of a document in one language: for the console and the command. */
export const oneFile = async (
  env: PrinterEnv,
  request: DocumentRequest,
  people: ReadonlyMap<string, string>,
  { language, format }: { language: DocumentLanguage; format: 'docx' | 'pdf' | 'html' },
): Promise<{ ok: true; name: string; type: string; bytes: Uint8Array<ArrayBuffer> } | { ok: false; fault: string }> => {
  const { fileName, docx, html } = await render(request, language, people)
  const name = `${fileName}.${format}`
  if (format === 'docx') return { ok: true, name, type: WORD, bytes: docx }
  if (format === 'html')
    return { ok: true, name, type: 'text/html; charset=utf-8', bytes: new Uint8Array(new TextEncoder().encode(html)) }
  const pdf = await print(env, html)
  return pdf.ok ? { ok: true, name, type: PDF, bytes: pdf.bytes } : pdf
}
