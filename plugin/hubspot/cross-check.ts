import { actionDef } from '../../schemas/actions/index.ts'
import type { ProjectProblem } from './check.ts'
import { actionUid, FOLDERS, type ComponentType } from './names.ts'
import type { Component } from './schema.ts'
import { appScopes } from './scopes.ts'

type Found = readonly { file: string; component: Component }[]
type Of<T extends ComponentType> = { file: string; component: Extract<Component, { type: T }> }

const ofType = <T extends ComponentType>(found: Found, type: T): Of<T>[] =>
  found.filter((one): one is Of<T> => one.component.type === type)

/** What only shows when all components are looked at together. */
export const crossCheck = (found: Found): ProjectProblem[] => [
  ...counts(found),
  ...uids(found),
  ...scopes(found),
  ...addresses(found),
  ...ofType(found, 'workflow-action').flatMap(actionFits),
]

const counts = (found: Found): ProjectProblem[] => {
  const problems: ProjectProblem[] = []
  if (ofType(found, 'app').length === 0) problems.push({ file: 'src/app', message: 'there is no app' })
  for (const type of Object.keys(FOLDERS) as ComponentType[])
    for (const { file } of FOLDERS[type].single ? ofType(found, type).slice(1) : [])
      problems.push({ file, message: `there is another ${type}: a project has one at most` })
  return problems
}

const uids = (found: Found): ProjectProblem[] =>
  found.flatMap(({ file, component: { uid } }, index) => {
    const first = found.findIndex(({ component }) => component.uid === uid)
    return first === index ? [] : [{ file, message: `uid ${uid} is that of ${found[first]?.file} too` }]
  })

/** The scopes must be those of the calls: none may be missing, and none more is asked for than is used. */
const scopes = (found: Found): ProjectProblem[] =>
  ofType(found, 'app').flatMap(({ file, component }) => {
    const { requiredScopes, optionalScopes, conditionallyRequiredScopes } = component.config.auth
    const given = [...requiredScopes, ...optionalScopes, ...conditionallyRequiredScopes]
    const carrier = given.some((scope) => scope.includes('.custom.')) ? 'custom' : 'deal'
    const needed = appScopes(
      carrier,
      given.some((scope) => scope.includes('marketing_events')),
    )
    const missing = needed.filter((scope) => !requiredScopes.includes(scope))
    const more = given.filter((scope) => !needed.includes(scope))
    return [
      ...missing.map((scope) => ({ file, message: `the scope ${scope} is missing: Ladder makes calls that need it` })),
      ...more.map((scope) => ({ file, message: `the scope ${scope} is used by no call of Ladder` })),
    ]
  })

/** All addresses are Ladder's: what is signed for one host must not be sent to another. */
const addresses = (found: Found): ProjectProblem[] => {
  const urls = found.flatMap(({ file, component }): [string, string][] => {
    if (component.type === 'app')
      return component.config.permittedUrls.fetch.map((url): [string, string] => [file, url])
    if (component.type === 'webhooks') return [[file, component.config.settings.targetUrl]]
    return component.type === 'workflow-action' ? [[file, component.config.actionUrl]] : []
  })
  const home = urls[0] && new URL(urls[0][1]).origin
  return urls
    .filter(([, url]) => new URL(url).origin !== home)
    .map(([file, url]) => ({ file, message: `${url} is another host than ${home}` }))
}

/** An action must be one that this Ladder has, with its inputs and outputs. */
const actionFits = ({ file, component }: Of<'workflow-action'>): ProjectProblem[] => {
  const { uid, config } = component
  const name = new URL(config.actionUrl).pathname.split('/').at(-1) ?? ''
  const def = actionDef(name)
  if (!def) return [{ file, message: `actionUrl: Ladder has no action ${name}` }]
  const names = (fields: readonly { name: string }[]): string => fields.map((field) => field.name).join(', ')
  const defined = (fields: readonly { typeDefinition: { name: string } }[]): string =>
    names(fields.map(({ typeDefinition }) => typeDefinition))
  const differs = (what: string): ProjectProblem => ({
    file,
    message: `${what} differ from this Ladder's: make the project anew`,
  })
  return [
    ...(uid === actionUid(name) ? [] : [{ file, message: `uid: ${actionUid(name)} is the one of the action ${name}` }]),
    ...(defined(config.inputFields) === names(def.inputs) ? [] : [differs('inputFields')]),
    ...(defined(config.outputFields) === names(def.outputs) ? [] : [differs('outputFields')]),
  ]
}
