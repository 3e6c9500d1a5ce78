import type { DocumentNode, FieldNode, OperationDefinitionNode } from 'graphql'
import { getLocation, GraphQLError, Kind, parse } from 'graphql'
import { graphqlError, Refusal } from '../refusal.ts'
import { authenticate } from '../server/auth.ts'
import type { Incoming, Outgoing } from '../server/http.ts'
import { jsonBody } from '../server/http.ts'
import type { TokenBucket } from '../server/rate-limit.ts'
import type { State } from '../state.ts'
import type { Json, JsonObject } from '../types.ts'
import { isObject } from '../types.ts'
import { introspect } from './introspection.ts'
import { resolveRoot } from './resolvers.ts'
import { fieldsOf } from './selection.ts'
import type { Selection } from './selection.ts'

function answer(body: JsonObject, status = 200): Outgoing {
  return { status, body }
}

/** The error entry of a syntax error: message and place. */
function syntaxError(error: GraphQLError): Json {
  const locations = (error.locations ?? []).map((place): Json => ({ line: place.line, column: place.column }))
  return { message: error.message, locations }
}

function operationOf(document: DocumentNode, name: Json | undefined): OperationDefinitionNode | undefined {
  const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION)
  return operations.find((one) => typeof name !== 'string' || one.name?.value === name)
}

function duplicateRoot(fields: FieldNode[]): JsonObject | null {
  const names = fields.map((field) => field.name.value)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice === undefined) return null
  return { message: `Duplicate root resolver: "${twice}"`, extensions: { code: 'BAD_USER_INPUT' } }
}

/** Without a token there is no workspace and so no schema: every root is unknown. */
function unknownToStrangers(root: FieldNode): Json {
  const place = root.loc ? getLocation(root.loc.source, root.loc.start) : { line: 1, column: 1 }
  return {
    message: `Cannot query field "${root.name.value}" on type "Query".`,
    locations: [{ line: place.line, column: place.column }],
  }
}

/** Runs the roots of one operation one after another; each is its own transaction. */
async function run(state: State, bucket: TokenBucket, request: Incoming, body: JsonObject): Promise<Outgoing> {
  const document = parse(String(body['query'] ?? ''))
  const operation = operationOf(document, body['operationName'])
  if (!operation) return answer({ errors: [{ message: 'Must provide an operation.' }] }, 400)
  const variables = isObject(body['variables'] ?? null) ? (body['variables'] as JsonObject) : {}
  const selection: Selection = { document, variables }
  const roots = fieldsOf(selection, operation.selectionSet)
  if (request.headers['authorization'] === undefined) return answer({ errors: roots.map(unknownToStrangers) })
  const caller = authenticate(state, request.headers['authorization'])
  if (roots.some((root) => root.name.value === '__schema')) return answer(introspect(state, body))
  const duplicate = duplicateRoot(roots)
  if (duplicate) return answer({ data: {}, errors: [duplicate] })
  const data: JsonObject = {}
  const errors: Json[] = []
  let limited: Refusal | null = null
  for (const root of roots) {
    const name = root.alias?.value ?? root.name.value
    try {
      if (limited) throw limited
      if (root === roots[0]) bucket.take()
      data[name] = await resolveRoot(state, caller, operation.operation, root, selection)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (error.status === 429) limited = error
      data[name] = null
      errors.push(graphqlError(error))
    }
  }
  return answer(errors.length > 0 ? { data, errors } : { data })
}

/** Answers `/graphql`, the records API: refusals come with HTTP 200 and an `errors` entry. */
export async function coreGraphql(state: State, bucket: TokenBucket, request: Incoming): Promise<Outgoing> {
  const body = jsonBody(request) ?? null
  if (Array.isArray(body)) return answer({ errors: [{ message: 'Batching is not supported.' }] }, 400)
  if (!isObject(body)) return answer({ errors: [{ message: 'POST body missing.' }] }, 400)
  try {
    return await run(state, bucket, request, body)
  } catch (error) {
    if (error instanceof GraphQLError) return answer({ errors: [syntaxError(error)] })
    if (error instanceof Refusal) return answer({ errors: [graphqlError(error)] })
    throw error
  }
}
