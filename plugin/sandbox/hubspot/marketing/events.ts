export type AttendanceState = 'REGISTERED' | 'ATTENDED' | 'CANCELLED'

/** A marketing event, with what each contact did about it. */
export interface MarketingEvent {
  objectId: string
  externalAccountId: string
  externalEventId: string
  fields: Record<string, string | boolean>
  /** Contact id → when each state was told, in ms since 1970. */
  attendance: Map<string, Map<AttendanceState, number>>
  createdAt: number
  updatedAt: number
}
