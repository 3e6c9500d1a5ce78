import { describe, expect, it } from 'vitest'
import { twentyApp } from '../../twenty/app.ts'
import type { Manifest, ManifestField, ManifestObject } from '../../twenty/manifest.ts'
import { lint } from './lint.ts'
import type { ServerMetadata, ServerObject } from './server.ts'

const broken = (change: (manifest: Manifest) => void): Manifest => {
  const manifest = structuredClone(twentyApp())
  change(manifest)
  return manifest
}

const objectOf = (manifest: Manifest, name: string): ManifestObject => {
  const object = manifest.objects.find(({ nameSingular }) => nameSingular === name)
  if (!object) throw new Error(name)
  return object
}

const fieldOf = (object: ManifestObject, name: string): ManifestField => {
  const field = object.fields.find((one) => one.name === name)
  if (!field) throw new Error(name)
  return field
}

const found = (change: (manifest: Manifest) => void): string[] =>
  lint(broken(change)).map(({ where, what }) => `${where}: ${what}`)

describe("lint finds what twenty-sdk's build lets through", () => {
  it("nothing in Ladder's own app", () => {
    expect(lint(twentyApp())).toEqual([])
  })

  it('a relation without its other side', () => {
    const problems = found((manifest) => {
      manifest.fields = manifest.fields.filter(({ name }) => name !== 'visits')
    })
    expect(problems).toEqual([
      'field visit.company: the field on the other side is missing',
      'field visit.person: the field on the other side is missing',
      'field visit.rm: the field on the other side is missing',
    ])
  })

  it('sides that point elsewhere', () => {
    const problems = found((manifest) => {
      const visit = objectOf(manifest, 'visit')
      fieldOf(visit, 'company').relationTargetFieldMetadataUniversalIdentifier = fieldOf(
        objectOf(manifest, 'development'),
        'visits',
      ).universalIdentifier
    })
    expect(problems.some((problem) => problem.startsWith('field visit.company:'))).toBe(true)
  })

  it('names that Twenty refuses', () => {
    for (const name of ['Bad Name!', 'role', 'x'.repeat(64)])
      expect(
        found((manifest) => {
          fieldOf(objectOf(manifest, 'visit'), 'topics').name = name
        }),
      ).toHaveLength(1)
    expect(found((manifest) => (objectOf(manifest, 'visit').namePlural = 'visit'))).toEqual([
      'object visit: singular and plural are the same',
    ])
  })

  it('two fields of one name, join columns included', () => {
    expect(
      found((manifest) => {
        fieldOf(objectOf(manifest, 'visit'), 'topics').name = 'companyId'
      }),
    ).toEqual(['field visit.companyId: the name companyId is taken on visit'])
  })

  it('bad options', () => {
    expect(
      found((manifest) => {
        fieldOf(objectOf(manifest, 'visit'), 'form').options = [
          { value: 'pro spect', label: 'One, two', position: 0, color: 'gray' },
        ]
      }),
    ).toEqual(['field visit.form: option value "pro spect"', 'field visit.form: option label "One, two"'])
  })

  it('views of unknown fields, and kanbans without a column for each option', () => {
    const problems = found((manifest) => {
      for (const view of manifest.views) {
        if (view.name === 'Visits' && view.fields[0]) view.fields[0].fieldMetadataUniversalIdentifier = 'nowhere'
        if (view.name === 'Development stages') view.groups = view.groups?.slice(1) ?? []
      }
    })
    expect(problems).toEqual([
      'view Development stages: no column for DEV_A01',
      'view Visits: it shows a field that is not in the app',
    ])
  })

  it('events that never come', () => {
    expect(
      found((manifest) => {
        const [one] = manifest.logicFunctions
        if (!one) throw new Error('the app has functions')
        manifest.logicFunctions = [
          { ...one, name: 'f', databaseEventTriggerSettings: { eventName: 'nonsense.exploded' } },
          { ...one, name: 'g', databaseEventTriggerSettings: { eventName: 'company.updated' } },
        ]
      }),
    ).toEqual(['function f: "nonsense.exploded" is no event'])
  })
})

const serverObject = (name: string, id: string, fields: { id: string; name: string }[] = []): ServerObject => ({
  universalIdentifier: id,
  nameSingular: name,
  namePlural: `${name}s`,
  labelSingular: name,
  isActive: true,
  fields: fields.map((field) => ({
    universalIdentifier: field.id,
    name: field.name,
    type: 'TEXT',
    label: field.name,
    isUnique: false,
    isActive: true,
    options: null,
    settings: null,
    relation: null,
  })),
})

describe("lint finds the owner's names on the server", () => {
  const company = '20202020-b374-4779-a561-80086cb2e17f'
  const clashes = (...objects: ServerObject[]): string[] => {
    const server: ServerMetadata = {
      objects,
      layout: { views: [], navigation: [], inside: new Set(), commands: [], objectIds: new Map() },
    }
    return lint(twentyApp(), server).map(({ where }) => where)
  }

  it('an object and a field of the same name, not those of the app itself', () => {
    const manifest = twentyApp()
    const tier = manifest.fields.find(({ name }) => name === 'ladderTier')?.universalIdentifier ?? ''
    expect(clashes(serverObject('company', company, [{ id: tier, name: 'ladderTier' }]))).toEqual([])
    expect(clashes(serverObject('company', company, [{ id: 'other', name: 'ladderTier' }]))).toEqual([
      'field company.ladderTier',
    ])
    expect(clashes(serverObject('visit', 'other'))).toEqual(['object visit'])
    expect(clashes(serverObject('visit', objectOf(manifest, 'visit').universalIdentifier))).toEqual([])
  })
})
