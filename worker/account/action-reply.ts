export interface ActionReply {
  status: number
  body: Record<string, unknown>
}

export const refuseAction = (status: number, error: string, message: string): ActionReply => ({
  status,
  body: { error, message },
})
