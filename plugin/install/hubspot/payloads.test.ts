import { describe, expect, it } from 'vitest'
import { objectDef } from '../../../schemas/model/index.ts'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import type { Carrier, Shape } from '../../../worker/crm/hubspot/layout.ts'
import { ladderProperties, objectsOf } from '../../../worker/crm/hubspot/names.ts'
import { CALLS, pathFor } from './calls.ts'
import { PRIORITY, shapeFor, WITHOUT } from './carrier.ts'
import { labelPayloads, pipelinePayloads, propertyPayload, schemaPayload, type Language } from './payloads.ts'
import { callNames } from './testing.ts'

const NAME = /^[a-z][a-z0-9_]{0,99}$/
const CONTROLS: Readonly<Record<string, string[]>> = {
  string: ['text', 'textarea'],
  number: ['number'],
  date: ['date'],
  datetime: ['date'],
  enumeration: ['select', 'radio', 'checkbox'],
  bool: ['booleancheckbox'],
}

const shapeOf = (carrier: Carrier): Shape => shapeFor(carrier, objectsOf(carrier), new Map())
const cases = (['custom', 'deal'] as const).flatMap((carrier) =>
  (['zh-CN', 'en'] as const).flatMap((language) =>
    objectsOf(carrier).map((object): [Carrier, Language, string] => [carrier, language, object]),
  ),
)

describe.each(cases)('%s carrier, %s, properties of %s', (carrier, language, object) => {
  const payloads = ladderProperties(shapeOf(carrier), object).map((made) => propertyPayload(made, language))
  const enumerations = payloads.filter(({ type }) => type === 'enumeration')

  it('have names and pairs of type and control that HubSpot takes', () => {
    for (const { name, type, fieldType } of payloads) {
      expect(name).toMatch(NAME)
      expect(CONTROLS[type], name).toContain(fieldType)
    }
    expect(new Set(payloads.map(({ name }) => name)).size).toBe(payloads.length)
  })

  it('have labels of their own, and at most ten are unique', () => {
    expect(payloads.filter(({ label }) => label.trim() === '')).toEqual([])
    expect(new Set(payloads.map(({ label }) => label)).size).toBe(payloads.length)
    expect(payloads.filter(({ hasUniqueValue }) => hasUniqueValue).length).toBeLessThanOrEqual(10)
  })

  it('have options where they need them: none empty, none twice, none with the sign between values', () => {
    for (const { name, options } of enumerations) {
      expect(options.length, name).toBeGreaterThan(0)
      for (const key of ['value', 'label'] as const) {
        const texts = options.map((option) => option[key].toLowerCase())
        expect(new Set(texts).size, name).toBe(texts.length)
        expect(texts.filter((text) => text.trim() !== text || text === '' || text.includes(';'))).toEqual([])
      }
    }
    const plain = payloads.filter(({ type }) => type !== 'enumeration' && type !== 'bool')
    expect(plain.filter(({ options }) => options.length > 0)).toEqual([])
  })
})

describe('the languages', () => {
  it.each(cases.filter(([, language]) => language === 'en'))(
    '%s carrier: %s of %s holds no Chinese',
    (...[carrier, , object]) => {
      const shape = shapeOf(carrier)
      const texts = [
        ...ladderProperties(shape, object).map((made) => propertyPayload(made, 'en').label),
        ...labelPayloads(shape, object, 'en').flatMap(({ label, inverseLabel }) => [label, inverseLabel]),
      ]
      expect(texts.filter((text) => /\p{Script=Han}/u.test(text))).toEqual([])
    },
  )
})

describe('objects of Ladder’s own', () => {
  const shape = shapeOf('custom')

  it('are twelve, each with a title and a unique key, and with all that HubSpot asks for', () => {
    const payloads = PRIORITY.flatMap((object) => schemaPayload(shape, object, 'zh-CN') ?? [])
    expect(payloads).toHaveLength(12)
    for (const { name, properties, primaryDisplayProperty, searchableProperties, labels } of payloads) {
      expect(name).toMatch(/^ladder_[a-z_]+$/)
      expect(properties.map((one) => one.name).sort()).toEqual(['ladder_key', 'ladder_name'])
      expect(properties.find((one) => one.name === 'ladder_key')?.hasUniqueValue).toBe(true)
      expect([primaryDisplayProperty, ...searchableProperties]).toEqual(['ladder_name', 'ladder_name'])
      expect(labels.singular).not.toBe('')
    }
    expect(new Set(payloads.map(({ labels }) => labels.plural)).size).toBe(12)
  })

  it('are associated with the customers that they lead to', () => {
    expect(schemaPayload(shape, 'tierRating', 'en')?.associatedObjects).toEqual(['COMPANY', 'CONTACT'])
    expect(schemaPayload(shape, 'tierRule', 'en')?.associatedObjects).toEqual([])
  })

  it('HubSpot has companies, contacts, meetings and tasks itself, and deals for the other carrier', () => {
    for (const object of ['company', 'person', 'visit', 'task'])
      expect(schemaPayload(shape, object, 'en')).toBeUndefined()
    expect(schemaPayload(shapeOf('deal'), 'development', 'en')).toBeUndefined()
  })

  it('each says what is missed without it', () => {
    expect(Object.keys(WITHOUT).sort()).toEqual([...PRIORITY].sort())
  })
})

describe('pipelines (DEV-A)', () => {
  it('have Ladder’s own ids, and the stages of the playbook in order', () => {
    const [pipeline] = pipelinePayloads('custom', 'zh-CN')
    const [plan] = defaultPlaybook.pipelines
    expect(pipeline?.pipelineId).toBe('ladder_dev_a')
    expect(pipeline?.stages.map(({ stageId }) => stageId.toUpperCase())).toEqual(
      plan?.stages.map(({ code }) => `LADDER_${code}`),
    )
    expect(pipeline?.stages.map(({ displayOrder }) => displayOrder)).toEqual(plan?.stages.map((_, at) => at))
    expect(pipeline?.stages.every(({ metadata }) => Object.keys(metadata).length === 0)).toBe(true)
  })

  it('as deals, grow in probability by tenths, and the last stage alone is won', () => {
    const stages = pipelinePayloads('deal', 'en')[0]?.stages ?? []
    const values = stages.map(({ metadata }) => metadata.probability ?? '')
    for (const value of values) expect(value).toMatch(/^(0\.\d|1\.0)$/)
    expect(values).toEqual([...values].sort())
    expect(values.filter((value) => value === '1.0')).toHaveLength(1)
    expect(values).not.toContain('0.0')
  })
})

describe('association labels', () => {
  const shape = shapeOf('custom')
  const all = objectsOf('custom').flatMap((object) => labelPayloads(shape, object, 'en'))

  it('each relation to a carried object has one, that can be told apart from its inverse and from others', () => {
    const relations = objectsOf('custom').flatMap((object) =>
      (objectDef(object)?.fields ?? []).filter(({ relation }) => relation && relation.to !== 'workspaceMember'),
    )
    expect(all).toHaveLength(relations.length)
    const seen = all.flatMap(({ from, to, label, inverseLabel }) => [
      `${from} ${to} ${label}`,
      `${to} ${from} ${inverseLabel}`,
    ])
    expect(new Set(seen).size).toBe(seen.length)
    for (const { name } of all) expect(name).toMatch(/^ladder_[a-z_]+$/)
  })

  it('say whose they are, for HubSpot tells a label by its text alone', () => {
    for (const { texts, label } of all) {
      expect(texts).toContain(label)
      expect(label).toMatch(/ \(Ladder\)$/)
    }
  })
})

describe('the table of calls', () => {
  it.each(callNames)('%s: a dated path, a scope, an edition, a limit, a time', (name) => {
    const { path, scope, limit, when } = CALLS[name]
    // the journal is published under no newer version
    const version = path.startsWith('/webhooks-journal/') ? '2026-03' : '2026-09'
    expect(path.split('/')).toContain(version)
    expect([scope, limit, when].filter((text) => text === '')).toEqual([])
    const places = [...path.matchAll(/\{(\w+)\}/g)].map(([, place]) => [place, 'x'] as const)
    expect(pathFor(name, Object.fromEntries(places))).not.toMatch(/[{}]/)
  })
})
