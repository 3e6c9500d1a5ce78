import { randomUUID } from 'node:crypto'

export interface ErrorDetail {
  message: string
  code?: string | undefined
  in?: string | undefined
  subCategory?: string | undefined
  context?: Record<string, string[]> | undefined
}

export interface ErrorBody {
  status: string
  message: string
  correlationId: string
  category: string
  subCategory?: string | undefined
  context?: Record<string, string[]> | undefined
  errors?: ErrorDetail[] | undefined
  links?: Record<string, string> | undefined
  /** Of 429 alone. */
  errorType?: string | undefined
  policyName?: string | undefined
  requestId?: string | undefined
}

type Details = Partial<Omit<ErrorBody, 'status' | 'message' | 'category' | 'correlationId'>>

/** An answer of refusal on its way to the edge, where the router turns it into HubSpot's error body. */
export class Refusal extends Error {
  readonly status: number
  readonly category: string
  readonly details: Details

  constructor(status: number, category: string, message: string, details: Details = {}) {
    super(message)
    this.status = status
    this.category = category
    this.details = details
  }

  body(): ErrorBody {
    const { message, category, details } = this
    return { status: 'error', message, correlationId: randomUUID(), category, ...details }
  }
}

export function invalid(message: string, details: Details = {}): Refusal {
  return new Refusal(400, 'VALIDATION_ERROR', message, details)
}

export function notFound(message = 'resource not found'): Refusal {
  return new Refusal(404, 'OBJECT_NOT_FOUND', message)
}

export function conflict(message: string, details: Details = {}): Refusal {
  return new Refusal(409, 'CONFLICT', message, details)
}

/** The token lacks a scope, or the account an edition that grants it. */
export function missingScopes(scopes: string[]): Refusal {
  const help = 'https://developers.hubspot.com/scopes'
  const message = `This app hasn't been granted all required scopes to make this call. Read more about required scopes here: ${help}.`
  return new Refusal(403, 'MISSING_SCOPES', message, {
    errors: [
      { message: 'One or more of the following scopes are required.', context: { requiredGranularScopes: scopes } },
    ],
    links: { scopes: help },
  })
}

/** One value that a property does not take. */
export interface BadValue {
  name: string
  error: string
  message: string
  value: string
}

/** What a write with bad values gets: all of them at once, in the message as JSON and again in `errors`. */
export function badValues(bad: BadValue[], portalId: number): Refusal {
  const list = bad.map(({ name, error, message, value }) => {
    return { isValid: false, message, error, name, localizedErrorMessage: message, propertyValue: value, portalId }
  })
  return invalid(`Property values were not valid: ${JSON.stringify(list)}`, {
    errors: bad.map(({ name, error, message }) => ({ message, code: error, context: { propertyName: [name] } })),
  })
}
