import { describe, expect, it } from 'vitest'
import { stagesOf } from '../../schemas/model/development-stages.ts'
import { model } from '../../schemas/model/index.ts'
import { twentyApp } from './app.ts'
import { optionLabel } from './fields.ts'
import { appSource } from './generate.ts'
import { APP_ID, idOf } from './ids.ts'
import { catalogsOf } from './locales.ts'
import { printDefine } from './print.ts'

const app = twentyApp()
const all = [
  ...app.objects.flatMap((object) => object.fields.map((field) => ({ object: object.nameSingular, field }))),
  ...app.fields.map((field) => ({ object: field.objectUniversalIdentifier, field })),
]

describe('the Twenty app', () => {
  it('has every object and field of the model, and both sides of every relation', () => {
    const own = model.filter(({ kind }) => kind === 'custom')
    expect(app.objects.map(({ nameSingular }) => nameSingular)).toEqual(own.map(({ name }) => name))
    const fields = model.reduce((sum, object) => sum + object.fields.length, 0)
    const relations = model.reduce((sum, object) => sum + object.fields.filter(({ relation }) => relation).length, 0)
    expect(all).toHaveLength(fields + relations + own.length)
  })

  it('keeps every id for ever: these are in the CRMs of banks', () => {
    expect(APP_ID).toBe('5ca39746-fd04-539d-be54-db7bf5c85bd2')
    expect(idOf('object/development')).toBe(
      app.objects.find((one) => one.nameSingular === 'development')?.universalIdentifier,
    )
    expect(app.fields.find(({ name }) => name === 'ladderTier')?.universalIdentifier).toBe(
      idOf('field/company/ladderTier'),
    )
  })

  it('gives every part an id of its own', () => {
    const ids = [
      ...app.objects.map((object) => object.universalIdentifier),
      ...all.map(({ field }) => field.universalIdentifier),
      ...app.views.flatMap((view) => [
        view.universalIdentifier,
        ...[...view.fields, ...(view.groups ?? []), ...(view.filters ?? []), ...(view.sorts ?? [])].map(
          (part) => part.universalIdentifier,
        ),
      ]),
      ...app.navigationMenuItems.map((item) => item.universalIdentifier),
      ...app.roles.map((role) => role.universalIdentifier),
    ]
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('DEV-A, DEV-B … DEV-H: a board for each pipeline, with its own stages and its own developments', () => {
    const boards = app.views.filter(
      ({ type, objectUniversalIdentifier }) =>
        type === 'KANBAN' && objectUniversalIdentifier === idOf('object/development'),
    )
    expect(boards.map(({ groups }) => groups?.filter(({ isVisible }) => isVisible).length)).toEqual([
      12, 6, 4, 5, 5, 5, 5, 5,
    ])
    expect(boards[1]).toMatchObject({ name: 'RM marketing flow', filters: [{ operand: 'IS', value: ['DEV_B'] }] })
    expect(boards[1]?.groups?.slice(0, 6).map(({ fieldValue }) => fieldValue)).toEqual(stagesOf('DEV_B'))
  })

  it('shows what Ladder writes, and lets nobody type into it', () => {
    const tier = app.fields.find(({ name }) => name === 'ladderTier')
    expect(tier?.isUIEditable).toBe(false)
    expect(app.fields.find(({ name }) => name === 'ladderGold')?.isUIEditable).toBeUndefined()
  })

  it('puts both languages into option labels, without commas, at most 63 characters', () => {
    expect(optionLabel({ en: 'Gold', zh: '黄金' })).toBe('黄金 Gold')
    expect(optionLabel({ en: 'A05 Fixed: time, place', zh: 'A05 预约' })).toBe('A05 预约 Fixed: time · place')
    expect(optionLabel({ en: 'x'.repeat(70), zh: '很长' })).toHaveLength(63)
    expect(optionLabel({ en: 'RM', zh: 'RM' })).toBe('RM')
  })

  it('has a Chinese text for every English one', () => {
    const { en, 'zh-CN': zh } = catalogsOf(model)
    for (const [kind, texts] of Object.entries(en))
      expect(Object.keys(zh[kind] ?? {}).sort()).toEqual(Object.keys(texts).sort())
    expect(zh['fieldMetadata.label']).toMatchObject({ Stage: '阶段', Title: '标题' })
  })
})

describe('its source tree', () => {
  it('is the same for the same model', () => {
    const [one, two] = [appSource(), appSource()]
    expect(one.content).toBe(two.content)
    expect([...one.files]).toEqual([...two.files])
    expect(one.files.get('package.json')).toContain('">=2.31.0"')
  })

  it('prints enums as members', () => {
    const text = printDefine('defineField', { type: 'TEXT', universalSettings: { dataType: 'int' } }, 'FieldType')
    expect(text).toContain("import { FieldType, NumberDataType, defineField } from 'twenty-sdk/define'")
    expect(text).toContain('type: FieldType.TEXT')
    expect(text).toContain('dataType: NumberDataType.INT')
  })
})
