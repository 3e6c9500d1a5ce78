import { buildSchema, graphqlSync } from 'graphql'
import type { State } from '../state.ts'
import type { FieldMeta, Json, JsonObject, ObjectMeta } from '../types.ts'
import { capital, isObject } from '../types.ts'
import { COMPOSITES, isRelation, joinColumn } from './columns.ts'

const SCALARS: Record<string, string> = {
  UUID: 'UUID',
  DATE_TIME: 'DateTime',
  DATE: 'Date',
  BOOLEAN: 'Boolean',
  NUMBER: 'Float',
  NUMERIC: 'BigFloat',
  POSITION: 'Position',
  RAW_JSON: 'RawJSONScalar',
  FILES: 'RawJSONScalar',
  ARRAY: '[String]',
}

const PART_SCALARS: Record<string, string> = {
  micros: 'BigFloat',
  number: 'BigFloat',
  list: 'RawJSONScalar',
  json: 'RawJSONScalar',
  uuid: 'UUID',
}

function typeName(type: string): string {
  return type.toLowerCase().split('_').map(capital).join('')
}

function scalarOf(field: FieldMeta): string {
  const known = SCALARS[field.type]
  if (known !== undefined) return known
  return field.type === 'MULTI_SELECT' ? '[String]' : 'String'
}

function fieldLines(state: State, object: ObjectMeta, input: boolean): string[] {
  return object.fields.flatMap((field) => {
    if (!field.isActive) return []
    if (!isRelation(field)) {
      const composite = COMPOSITES[field.type] ? `${typeName(field.type)}${input ? 'CreateInput' : ''}` : null
      return [`  ${field.name}: ${composite ?? scalarOf(field)}`]
    }
    const column = joinColumn(field)
    const other = state.schema.object(field.relationObjectId)
    const lines = column ? [`  ${column}: UUID`] : []
    if (!input && other) lines.push(`  ${field.name}: ${capital(other.nameSingular)}${column ? '' : 'Connection'}`)
    return lines
  })
}

function objectTypes(state: State, object: ObjectMeta): string {
  const name = capital(object.nameSingular)
  const input = fieldLines(state, object, true).join('\n')
  return `type ${name} {\n${fieldLines(state, object, false).join('\n')}\n}
type ${name}Edge {\n  node: ${name}!\n  cursor: String!\n}
type ${name}Connection {\n  edges: [${name}Edge!]!\n  pageInfo: PageInfo!\n  totalCount: Int\n}
input ${name}CreateInput {\n${input}\n}
input ${name}UpdateInput {\n${input}\n}
scalar ${name}FilterInput
scalar ${name}OrderByInput`
}

function rootLines(object: ObjectMeta): { queries: string; mutations: string } {
  const { nameSingular, namePlural } = object
  const one = capital(nameSingular)
  const many = capital(namePlural)
  const queries = `  ${nameSingular}(filter: ${one}FilterInput): ${one}
  ${namePlural}(filter: ${one}FilterInput, orderBy: [${one}OrderByInput], first: Int, last: Int, after: String, before: String): ${one}Connection`
  const byId = ['delete', 'destroy', 'restore']
  const mutations = [
    `  create${one}(data: ${one}CreateInput, upsert: Boolean): ${one}`,
    `  create${many}(data: [${one}CreateInput!]!, upsert: Boolean): [${one}!]`,
    `  update${one}(id: UUID!, data: ${one}UpdateInput!): ${one}`,
    `  update${many}(filter: ${one}FilterInput!, data: ${one}UpdateInput!): [${one}!]`,
    ...byId.map((verb) => `  ${verb}${one}(id: UUID!): ${one}`),
    ...byId.map((verb) => `  ${verb}${many}(filter: ${one}FilterInput!): [${one}!]`),
  ]
  return { queries, mutations: mutations.join('\n') }
}

function composites(): string {
  return Object.entries(COMPOSITES)
    .map(([type, parts]) => {
      const lines = Object.entries(parts).map(([name, kind]) => `  ${name}: ${PART_SCALARS[kind] ?? 'String'}`)
      return `type ${typeName(type)} {\n${lines.join('\n')}\n}\ninput ${typeName(type)}CreateInput {\n${lines.join('\n')}\n}`
    })
    .join('\n')
}

/** The schema of the records API as it is now, in outline: what a client generator needs, filters as scalars. */
function coreSdl(state: State): string {
  const objects = state.schema.list().filter((object) => object.isActive)
  const roots = objects.map(rootLines)
  return `scalar UUID
scalar DateTime
scalar Date
scalar BigFloat
scalar Position
scalar RawJSONScalar
type PageInfo {\n  hasNextPage: Boolean!\n  hasPreviousPage: Boolean!\n  startCursor: String\n  endCursor: String\n}
${composites()}
${objects.map((object) => objectTypes(state, object)).join('\n')}
type Query {\n${roots.map((root) => root.queries).join('\n')}\n}
type Mutation {\n${roots.map((root) => root.mutations).join('\n')}\n}`
}

/** Answers an introspection query, as `twenty apply` asks it to generate its client. */
export function introspect(state: State, body: JsonObject): JsonObject {
  const result = graphqlSync({
    schema: buildSchema(coreSdl(state)),
    source: String(body['query']),
    operationName: typeof body['operationName'] === 'string' ? body['operationName'] : null,
  })
  const plain = JSON.parse(JSON.stringify(result)) as Json
  return isObject(plain) ? plain : {}
}
