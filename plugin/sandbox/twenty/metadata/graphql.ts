import type { ExecutionResult, GraphQLError } from 'graphql'
import {
  buildSchema,
  execute,
  getOperationAST,
  getVariableValues,
  parse,
  Source,
  specifiedRules,
  validate,
} from 'graphql'
import { graphqlError, Refusal } from '../refusal.ts'
import { authenticate } from '../server/auth.ts'
import type { Incoming, Outgoing } from '../server/http.ts'
import { multipartBody } from '../server/multipart.ts'
import type { State } from '../state.ts'
import type { Json, JsonObject } from '../types.ts'
import { isObject } from '../types.ts'
import { metadataResolvers } from './resolvers.ts'
import { METADATA_SDL } from './sdl.ts'

const SCHEMA = buildSchema(METADATA_SDL)

function placed(error: GraphQLError): Json {
  const locations = (error.locations ?? []).map((place): Json => ({ line: place.line, column: place.column }))
  return { message: error.message, locations }
}

/** Bad variables are the one refusal of GraphQL that comes with HTTP 400. */
function variableError(error: GraphQLError): Json {
  const message = error.message.split('; ').slice(1).join('; ') || error.message
  return {
    message,
    extensions: { http: { status: 400 }, code: 'BAD_USER_INPUT', userFriendlyMessage: 'An error occurred.' },
  }
}

function executed(result: ExecutionResult): Outgoing {
  const data = JSON.parse(JSON.stringify(result.data ?? null)) as Json
  if (!result.errors) return { status: 200, body: { data } }
  const errors = result.errors.map((error): Json => {
    if (error.originalError instanceof Refusal) return graphqlError(error.originalError)
    const extensions = { code: 'INTERNAL_SERVER_ERROR', userFriendlyMessage: 'An error occurred.' }
    return { message: error.message, extensions }
  })
  return { status: 200, body: { errors, data } }
}

/** A refusal before anything was run: of a token that is missing, of one that is wrong, or of a body. */
function refused(refusal: Refusal): Outgoing {
  if (refusal.status === 401) return { status: 200, body: { errors: [graphqlError(refusal)] } }
  if (refusal.status !== 403) throw refusal
  const error = { message: 'Forbidden resource', extensions: refusal.extensions }
  return { status: 200, body: { errors: [error], data: null } }
}

/** Answers `/metadata`: schema, webhooks, roles, keys and apps, over JSON or, for uploads, a multipart form. */
export async function metadataGraphql(state: State, request: Incoming): Promise<Outgoing> {
  try {
    const body: JsonObject = await multipartBody(request)
    const document = parse(new Source(String(body['query'] ?? '')))
    const faults = validate(SCHEMA, document, specifiedRules)
    if (faults.length > 0) return { status: 200, body: { errors: faults.map(placed) } }
    const operationName = typeof body['operationName'] === 'string' ? body['operationName'] : null
    const operation = getOperationAST(document, operationName)
    const variables = isObject(body['variables'] ?? null) ? (body['variables'] as JsonObject) : {}
    const coerced = getVariableValues(SCHEMA, operation?.variableDefinitions ?? [], variables)
    if (coerced.errors) return { status: 400, body: { errors: coerced.errors.map(variableError) } }
    const caller = authenticate(state, request.headers['authorization'])
    const rootValue = metadataResolvers(state, caller, `http://${request.headers['host'] ?? '127.0.0.1'}`)
    const variableValues = variables
    return executed(await execute({ schema: SCHEMA, document, rootValue, variableValues, operationName }))
  } catch (error) {
    if (error instanceof Refusal) return refused(error)
    if (error instanceof Error && error.name === 'GraphQLError') {
      return { status: 200, body: { errors: [placed(error as GraphQLError)] } }
    }
    throw error
  }
}
