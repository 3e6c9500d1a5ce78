import type { Fields } from '../events/index.ts'
import type { Label } from '../model/define.ts'
import type { DocumentLanguage, DocumentLayout, DocumentList } from '../playbook/documents.ts'

/**
 * A document to be made: its layout, and what stood on the record when it was decided. Money in fen, dates ISO, people and
 * options by id and code: how it is shown depends on the language. Plain JSON: it waits as a letter until it is on the record.
 */
export interface DocumentRequest {
  layout: DocumentLayout
  issuer: Label
  languages: DocumentLanguage[]
  /** Counts up with each new content. */
  version: number
  /** ISO date. */
  on: string
  /** IANA zone in which instants are shown. */
  zone: string
  /** What stands at each place that the layout names. */
  values: Fields
  lists: Partial<Record<DocumentList, Fields[]>>
}

/** The pseudo-object under which a document travels to the CRM: its adapter makes files of it, attached to a record. */
export const DOCUMENT = 'document'
