import type { Label, ObjectDef } from '../../schemas/model/define.ts'
import { figuresLabels } from './dashboard.ts'

type Kind =
  | 'objectMetadata.labelSingular'
  | 'objectMetadata.labelPlural'
  | 'objectMetadata.description'
  | 'fieldMetadata.label'
  | 'fieldMetadata.description'
  | 'view.name'
  | 'navigationMenuItem.name'

export type Catalog = Partial<Record<Kind, Record<string, string>>> & Record<string, string | Record<string, string>>

/**
 * The app's texts by kind, English → Chinese, as `dev:translations-extract` lays them out, and once more without kinds:
 * Twenty 2.31 finds a translation by the English text alone. Of two translations of one text, the first in the model's
 * order is used everywhere there.
 */
export const catalogsOf = (model: readonly ObjectDef[]): { en: Catalog; 'zh-CN': Catalog } => {
  const texts = new Map<string, string>([['Title', '标题']])
  const en: Catalog = {}
  const zh: Catalog = {}
  const add = (kind: Kind, label: Label): void => {
    if (!texts.has(label.en)) texts.set(label.en, label.zh)
    en[kind] = { ...en[kind], [label.en]: label.en }
    zh[kind] = { [label.en]: label.zh, ...zh[kind] }
  }
  for (const object of model) {
    if (object.kind === 'custom') {
      add('objectMetadata.labelSingular', object.label)
      add('objectMetadata.labelPlural', object.labelPlural)
      add('objectMetadata.description', object.description)
      add('fieldMetadata.label', { en: 'Title', zh: '标题' })
    }
    for (const field of object.fields) {
      add('fieldMetadata.label', field.label)
      if (field.description) add('fieldMetadata.description', field.description)
      if (field.relation) add('fieldMetadata.label', field.relation.inverse.label)
    }
    for (const view of object.views) {
      add('view.name', view.name)
      add('navigationMenuItem.name', view.name)
    }
  }
  for (const label of figuresLabels) if (!texts.has(label.en)) texts.set(label.en, label.zh)
  return { en, 'zh-CN': { ...Object.fromEntries(texts), ...zh } }
}
