import type { Manifest } from '../../twenty/manifest.ts'
import { expectedObjects } from './compare.ts'
import type { Problem } from '../problem.ts'
import type { ServerMetadata } from './server.ts'
import { t } from '../said/index.ts'

/**
 * Objects and fields of the CRM's owner that have a name which the app needs. Twenty's own plan doesn't notice them; its
 * apply then breaks off half way.
 */
export const clashesOf = (manifest: Manifest, server: ServerMetadata): Problem[] => {
  const problems: Problem[] = []
  for (const object of manifest.objects) {
    const names = [object.nameSingular, object.namePlural].map((name) => name.toLowerCase())
    for (const other of server.objects) {
      if (other.universalIdentifier === object.universalIdentifier) continue
      const taken = [other.nameSingular, other.namePlural].find((name) => names.includes(name.toLowerCase()))
      if (taken === undefined) continue
      problems.push({
        what: t`an object called ${taken} is there already, and it isn't Ladder's`,
        where: t`object ${object.nameSingular}`,
        todo: t`Rename the object "${other.labelSingular}" (${other.nameSingular}) in Settings → Data model, then run again.`,
      })
    }
  }
  for (const { id, name, fields } of expectedObjects(manifest)) {
    const found = server.objects.find(({ universalIdentifier }) => universalIdentifier === id)
    for (const field of fields) {
      const columns = [field.name, field.universalSettings?.joinColumnName]
      const other = found?.fields.find(
        (one) =>
          one.universalIdentifier !== field.universalIdentifier &&
          [one.name, one.settings?.joinColumnName].some((column) => column !== undefined && columns.includes(column)),
      )
      if (!other) continue
      problems.push({
        what: t`a field called ${other.name} (${other.type}, "${other.label}") is there already, and it isn't Ladder's`,
        where: t`field ${name}.${field.name}`,
        todo: t`Rename it in Settings → Data model → ${name}, then run again. Its values stay.`,
      })
    }
  }
  return problems
}
