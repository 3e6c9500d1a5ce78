/**
 * Word of a CRM that names records and doesn't bring them: they have to be read. `at`: when it happened by the CRM's clock
 * (ISO instant with milliseconds).
 */
export type Hint = RecordTouched | RecordsMerged | RecordErased

/** Something of a record changed. `turned`: it was deleted or brought back, which need not move the record's own time. */
export interface RecordTouched {
  type: 'record.touched'
  object: string
  recordId: string
  at: string
  turned: boolean
}

/** Records became one. The winner may be a new one. */
export interface RecordsMerged {
  type: 'records.merged'
  object: string
  winner: string
  losers: string[]
  at: string
}

/** A customer asked to be forgotten: nothing personal may be kept. */
export interface RecordErased {
  type: 'record.erased'
  object: string
  recordId: string
  at: string
}
