import type { Json, JsonObject } from './types.ts'

/**
 * An answer of refusal on its way to the edge. Twenty's own layers throw and one filter turns what was thrown into an
 * answer; the stand-in does the same, so that REST and GraphQL refuse alike from the same place.
 */
export class Refusal extends Error {
  readonly status: number
  readonly kind: string
  readonly code: string | undefined
  readonly extensions: JsonObject
  /** A body of another shape, sent as it is. */
  readonly body: Json | undefined

  constructor(status: number, kind: string, message: string, more: RefusalDetails = {}) {
    super(message)
    this.status = status
    this.kind = kind
    this.code = more.code
    this.extensions = more.extensions ?? {}
    this.body = more.body
  }
}

export interface RefusalDetails {
  code?: string
  extensions?: JsonObject
  body?: Json
}

/** The REST body of a refusal: `{statusCode, error, messages[, code]}`. */
export function restBody(refusal: Refusal): Json {
  if (refusal.body !== undefined) return refusal.body
  const body: JsonObject = { statusCode: refusal.status, error: refusal.kind, messages: [refusal.message] }
  if (refusal.code !== undefined) body['code'] = refusal.code
  return body
}

/** One entry of GraphQL's `errors`. */
export function graphqlError(refusal: Refusal): JsonObject {
  return { message: refusal.message, extensions: refusal.extensions }
}

export function badRequest(message: string, friendly?: string): Refusal {
  return new Refusal(400, 'BadRequestException', message, {
    extensions: {
      subCode: 'INVALID_ARGS_DATA',
      userFriendlyMessage: friendly ?? 'An error occurred.',
      code: 'BAD_USER_INPUT',
    },
  })
}

export function duplicateEntry(): Refusal {
  return new Refusal(400, 'BadRequestException', 'A duplicate entry was detected', {
    extensions: {
      userFriendlyMessage: 'This record already exists. Please check your data and try again.',
      code: 'BAD_USER_INPUT',
    },
  })
}

export function recordNotFound(): Refusal {
  return new Refusal(404, 'NotFoundException', 'Record not found', {
    extensions: {
      subCode: 'RECORD_NOT_FOUND',
      userFriendlyMessage: 'This record does not exist or has been deleted.',
      code: 'NOT_FOUND',
    },
  })
}

/** Denied: core REST and webhooks answer 400, the metadata API 403 (observed). */
export function permissionDenied(status: 400 | 403): Refusal {
  return new Refusal(status, 'Error', 'Entity performing the request does not have permission', {
    code: 'PERMISSION_DENIED',
    extensions: {
      userFriendlyMessage: 'User does not have permission.',
      subCode: 'PERMISSION_DENIED',
      code: 'FORBIDDEN',
    },
  })
}

/** What Nest's validation pipe answers before any of Twenty's code runs. */
export function nestBadRequest(message: Json): Refusal {
  return new Refusal(400, 'Bad Request', typeof message === 'string' ? message : 'Bad Request', {
    body: { message, error: 'Bad Request', statusCode: 400 },
  })
}
