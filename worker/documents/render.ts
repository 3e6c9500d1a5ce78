import type { DocumentRequest } from '../../schemas/documents/request.ts'
import type { DocumentLanguage } from '../../schemas/playbook/documents.ts'
import { docxOf } from './docx.ts'
import { htmlOf } from './html.ts'
import { modelOf } from '../method/documents/model.ts'

/** A document in one language: the Word file, and the page that a browser prints. */
export interface Rendered {
  language: DocumentLanguage
  title: string
  /** Without an ending. */
  fileName: string
  docx: Uint8Array<ArrayBuffer>
  html: string
}

/**
 * Makes a document in one language. `people`: names of the CRM's users by id.
 */
export const render = async (
  request: DocumentRequest,
  language: DocumentLanguage,
  people: ReadonlyMap<string, string>,
): Promise<Rendered> => {
  const model = modelOf(request, language, people)
  const { title, fileName } = model
  return { language, title, fileName, docx: await docxOf(model), html: htmlOf(model) }
}
