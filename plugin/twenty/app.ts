import type { ObjectDef } from '../../schemas/model/define.ts'
import { model as ladderModel } from '../../schemas/model/index.ts'
import { fieldOf, inverseOf, titleField } from './fields.ts'
import { APP_ID, fieldId, idOf, objectId, STANDARD_IDS } from './ids.ts'
import type { Manifest, ManifestField, ManifestRole } from './manifest.ts'
import { figuresPage } from './dashboard.ts'
import { functions, variables } from './functions.ts'
import { commands, frontComponents, recordTabs } from './inside.ts'
import { navigationOf, viewsOf } from './views.ts'

const nothing = {
  canReadAllObjectRecords: false,
  canUpdateAllObjectRecords: false,
  canSoftDeleteAllObjectRecords: false,
  canDestroyAllObjectRecords: false,
  canUpdateAllSettings: false,
  canBeAssignedToUsers: false,
  canBeAssignedToAgents: false,
  canBeAssignedToApiKeys: false,
}

/** Objects whose records the parts inside Twenty edit, as the user who clicks: more than the user may they can't. */
const EDITED = ['company', 'person', 'development', 'escalation', 'visit', 'participation', 'task', 'occasion']

/**
 * The app's own role bounds what its components do for a user, who is bound by the user's own role too. The service role is
 * for Ladder's API key.
 */
const rolesOf = (model: readonly ObjectDef[]): ManifestRole[] => [
  {
    universalIdentifier: idOf('role/app'),
    label: 'Ladder app',
    description: "Bounds what Ladder's tabs, commands and functions do for a user: never more than the user may.",
    ...nothing,
    objectPermissions: [...model.map(({ name }) => name), 'workspaceMember'].map((name) => ({
      objectUniversalIdentifier: objectId(name),
      canReadObjectRecords: true,
      canUpdateObjectRecords: EDITED.includes(name),
      canSoftDeleteObjectRecords: false,
      canDestroyObjectRecords: false,
    })),
  },
  {
    universalIdentifier: idOf('role/service'),
    label: 'Ladder service',
    description: "For the API key of Ladder's Worker: reads and writes what the method needs, nothing else.",
    icon: 'IconStairsUp',
    ...nothing,
    canBeAssignedToApiKeys: true,
    objectPermissions: [...model.map(({ name }) => name), 'taskTarget', 'workspaceMember'].map((name) => ({
      objectUniversalIdentifier: objectId(name),
      canReadObjectRecords: true,
      canUpdateObjectRecords: name !== 'workspaceMember',
      canSoftDeleteObjectRecords: name === 'taskTarget',
      canDestroyObjectRecords: false,
    })),
  },
]

/** Each object's fields: its title, its own, and the lists that other objects' relations put on it. */
const fieldsByObject = (model: readonly ObjectDef[]): Map<string, ManifestField[]> => {
  const fields = new Map<string, ManifestField[]>()
  const add = (object: string, ...more: ManifestField[]): void => {
    fields.set(object, [...(fields.get(object) ?? []), ...more])
  }
  for (const object of model)
    add(
      object.name,
      ...(object.kind === 'custom' ? [titleField(object)] : []),
      ...object.fields.map((field) => fieldOf(object, field)),
    )
  for (const object of model)
    for (const field of object.fields) {
      const inverse = inverseOf(object, field)
      if (inverse && field.relation) add(field.relation.to, inverse)
    }
  return fields
}

/** The whole Twenty app, from the model: what twenty-sdk's build makes of the source tree, without checksums. */
export const twentyApp = (model: readonly ObjectDef[] = ladderModel): Manifest => {
  const fields = fieldsByObject(model)
  const views = viewsOf(model)
  return {
    application: {
      universalIdentifier: APP_ID,
      displayName: 'Ladder',
      description: "A bank's way of developing customers: stages, tier rules, campaign templates, escalations.",
      category: 'Sales',
      applicationVariables: variables,
    },
    objects: model
      .filter(({ kind }) => kind === 'custom')
      .map((object) => ({
        universalIdentifier: objectId(object.name),
        nameSingular: object.name,
        namePlural: object.plural,
        labelSingular: object.label.en,
        labelPlural: object.labelPlural.en,
        description: object.description.en,
        icon: object.icon,
        labelIdentifierFieldMetadataUniversalIdentifier: fieldId(object.name, 'name'),
        fields: fields.get(object.name) ?? [],
      })),
    fields: [...fields].flatMap(([object, list]) => {
      const objectUniversalIdentifier = STANDARD_IDS[object]
      return objectUniversalIdentifier ? list.map((field) => ({ ...field, objectUniversalIdentifier })) : []
    }),
    views,
    navigationMenuItems: navigationOf(views),
    roles: rolesOf(model),
    frontComponents,
    pageLayoutTabs: recordTabs,
    pageLayouts: [figuresPage],
    commandMenuItems: commands,
    logicFunctions: [...functions],
  }
}
