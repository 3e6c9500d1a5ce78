import { invalid } from '../refusal.ts'
import type { Incoming } from '../server/http.ts'

interface Form {
  fields: Record<string, string>
  file: { name: string; bytes: Buffer } | undefined
}

const LINE = '\r\n'

/** A multipart form, read at once: routes of the stand-in answer without waiting. */
export function formOf(request: Incoming): Form {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(request.headers['content-type'] ?? '')?.[1]
  if (boundary === undefined) throw invalid('The body must be multipart/form-data')
  const form: Form = { fields: {}, file: undefined }
  const text = request.raw.toString('latin1')
  for (const part of text.split(`--${boundary}`).slice(1, -1)) {
    const end = part.indexOf(LINE + LINE)
    const head = Buffer.from(part.slice(0, end), 'latin1').toString('utf8')
    const value = Buffer.from(part.slice(end + 4, -LINE.length), 'latin1')
    const name = /[; ]name="([^"]*)"/.exec(head)?.[1]
    const fileName = /filename="([^"]*)"/.exec(head)?.[1]
    if (name === undefined) throw invalid('A part of the form has no name')
    if (fileName === undefined) form.fields[name] = value.toString('utf8')
    else if (name === 'file') form.file = { name: fileName, bytes: value }
  }
  return form
}
