import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileModel, readDmn, writeDmn, type DmnModel, type HitPolicy, type Table } from './index.ts'
import { hitPolicies } from '../../schemas/playbook/table.ts'

const namespace = (version: string): string => `https://www.omg.org/spec/DMN/${version}/MODEL/`

function read(xml: string): DmnModel {
  const result = readDmn(xml)
  if (!result.ok) throw new Error(result.issues.map((issue) => issue.message.en).join('\n'))
  return result.model
}

function refusal(xml: string): string {
  const result = readDmn(xml)
  return result.ok ? 'accepted' : (result.issues[0]?.message.en ?? '')
}

const tier: Table = {
  id: 'tier',
  name: 'Tier',
  hitPolicy: 'F',
  inputs: [
    { name: 'assets', label: '资产', expression: 'assets', type: 'number' },
    { name: 'kind', expression: 'company.kind', type: 'string', values: '"a","b"' },
  ],
  outputs: [{ name: 'Tier', type: 'string', values: '"VIP","BASE"', default: '"BASE"' }],
  rules: [
    { id: 'r1', when: ['>= 1000000', '"a"'], then: ['"VIP"'], note: 'line 1\n  line 2 & <more>' },
    { id: 'r2', when: ['-', '-'], then: ['"BASE"'] },
  ],
}
const owner: Table = {
  id: 'owner',
  name: 'Owner',
  hitPolicy: 'U',
  inputs: [{ name: 'Tier', expression: 'Tier', type: 'string' }],
  outputs: [{ name: 'Owner' }, { name: 'days', type: 'number' }],
  rules: [{ id: 'r1', when: ['"VIP"'], then: ['"PRESIDENT"', '3'] }],
}

describe('DMN files', () => {
  it('reads what it wrote, tables and their requirements', () => {
    const xml = writeDmn([tier, owner])
    const model = read(xml)
    expect(model.decisions.map(({ logic }) => (logic?.kind === 'table' ? logic.table : null))).toEqual([tier, owner])
    expect(model.inputData.map(({ name, typeRef }) => [name, typeRef])).toEqual([
      ['assets', 'number'],
      ['company', undefined],
    ])
    expect(model.decisions[1]?.requires.decisions).toEqual(['tier'])
    expect(read(writeDmn(model))).toEqual(model)
    const decided = compileModel(model).decide('Owner', { assets: 2e6, company: { kind: 'a' } })
    expect(decided.value).toEqual({ Owner: 'PRESIDENT', days: 3 })
    expect(decided.tables.map(({ decision, result }) => [decision, result.rows[0]?.id])).toEqual([
      ['Tier', 'r1'],
      ['Owner', 'r1'],
    ])
  })
  it.each(['20191111', '20211108', '20230324'])('reads the namespace of %s', (version) => {
    const xml = writeDmn([tier]).replace(namespace('20191111'), namespace(version))
    expect(read(xml).decisions[0]?.name).toBe('Tier')
  })
  it('keeps every table through write and read', () => {
    const cell = fc
      .string({ maxLength: 12, unit: 'grapheme' })
      .map((text) => text.replace(/[\p{C}\p{Zs}\p{Zl}\p{Zp}]/gu, '_') || '-')
    const source = fc.record({
      policy: fc.constantFrom<HitPolicy>(...hitPolicies),
      rows: fc.array(fc.tuple(cell, cell, cell, fc.option(cell, { nil: undefined })), { maxLength: 5 }),
    })
    fc.assert(
      fc.property(source, ({ policy, rows }) => {
        const table: Table = {
          ...tier,
          hitPolicy: policy,
          rules: rows.map(([a, b, c, note], index) => ({
            id: `${index}`,
            when: [a, b],
            then: [c],
            ...(note ? { note } : {}),
          })),
        }
        expect(read(writeDmn([table])).decisions[0]?.logic).toEqual({ kind: 'table', table })
      }),
      { numRuns: 60 },
    )
  })
  it('keeps boxed expressions and types', () => {
    const literal = (text: string) => ({ kind: 'literal' as const, text })
    const model: DmnModel = {
      name: 'm',
      namespace: 'n',
      types: [
        {
          name: 'tPerson',
          collection: false,
          components: [{ name: 'age', typeRef: 'number', collection: false, values: '>= 0', components: [] }],
        },
      ],
      inputData: [{ id: 'i1', name: 'Person', typeRef: 'tPerson' }],
      knowledge: [
        {
          id: 'k1',
          name: 'double',
          requires: [],
          parameters: [{ name: 'x', typeRef: 'number' }],
          body: literal('x * 2'),
        },
      ],
      decisions: [
        {
          id: 'd1',
          name: 'D',
          requires: { inputs: ['i1'], decisions: [], knowledge: ['k1'] },
          logic: {
            kind: 'context',
            entries: [
              {
                name: 'twice',
                logic: {
                  kind: 'invocation',
                  called: 'double',
                  bindings: [{ name: 'x', logic: literal('Person.age') }],
                },
              },
              { name: 'list', logic: { kind: 'list', items: [literal('twice'), literal('double(4)')] } },
              {
                name: 'rows',
                logic: { kind: 'relation', columns: ['a', 'b'], rows: [[literal('1'), literal('"x"')]] },
              },
            ],
          },
        },
      ],
    }
    expect(read(writeDmn(model))).toEqual(model)
    expect(compileModel(model).decide('D', { Person: { age: 21 } }).value).toEqual({
      twice: 42,
      list: [42, 8],
      rows: [{ a: 1, b: 'x' }],
    })
  })
  it('runs boxed loops, quantifiers and filters, and keeps them', () => {
    const xml = `<definitions xmlns="${namespace('20230324')}" name="loops">
      <decision id="a" name="a"><filter><in><literalExpression><text>[1, 2, 3]</text></literalExpression></in>
        <match><literalExpression><text>item > 1</text></literalExpression></match></filter></decision>
      <decision id="b" name="b"><for iteratorVariable="i"><in><literalExpression><text>[1, 2, 3]</text></literalExpression></in>
        <return><literalExpression><text>i + count(partial)</text></literalExpression></return></for></decision>
      <decision id="c" name="c"><some iteratorVariable="i"><in><literalExpression><text>[1, null]</text></literalExpression></in>
        <satisfies><literalExpression><text>i > 1</text></literalExpression></satisfies></some></decision>
      <decision id="d" name="d"><every iteratorVariable="i"><in><literalExpression><text>[1, 2]</text></literalExpression></in>
        <satisfies><literalExpression><text>i > 0</text></literalExpression></satisfies></every></decision>
      </definitions>`
    const model = read(xml)
    const compiled = compileModel(model)
    expect(['a', 'b', 'c', 'd'].map((name) => compiled.decide(name, {}).value)).toEqual([[2, 3], [1, 3, 5], null, true])
    expect(read(writeDmn(model)).decisions).toEqual(model.decisions)
  })
  it('says what it leaves out: decision services, imports, functions nobody knows', () => {
    const result = readDmn(`<definitions xmlns="${namespace('20230324')}" name="services"><import name="other"/>
      <decisionService id="s" name="service"/>
      <decision id="a" name="a"><literalExpression><text>service("x")</text></literalExpression></decision>
      <decision id="b" name="b"><literalExpression><text>coincides(1, 1)</text></literalExpression></decision>
      <decision id="c" name="c"><literalExpression><text>sort([2, 1], function(x, y) x &lt; y)</text></literalExpression></decision>
      </definitions>`)
    if (!result.ok) throw new Error('not read')
    expect(result.issues.map(({ code, message }) => `${code} ${message.en}`)).toEqual([
      "unsupported The imported model other can't be evaluated here: the result is null.",
      "unsupported The decision service service can't be evaluated here: the result is null.",
    ])
    expect(compileModel(result.model).issues.map(({ decision, message }) => `${decision}: ${message.en}`)).toEqual([
      'a: Nothing that can be called is named service: the result is null.',
      'b: Nothing that can be called is named coincides: the result is null.',
    ])
  })
  it('gives no value for an argument or a result of another type', () => {
    const model = read(`<definitions xmlns="${namespace('20230324')}" name="types">
      <itemDefinition name="person"><itemComponent name="name"><typeRef>string</typeRef></itemComponent>
        <itemComponent name="age"><typeRef>number</typeRef></itemComponent></itemDefinition>
      <businessKnowledgeModel id="f" name="f"><variable name="f"/><encapsulatedLogic>
        <formalParameter name="who" typeRef="person"/><literalExpression><text>true</text></literalExpression>
      </encapsulatedLogic></businessKnowledgeModel>
      <decision id="a" name="a"><knowledgeRequirement><requiredKnowledge href="#f"/></knowledgeRequirement>
        <literalExpression><text>[f({name: "Li"}), f({name: "Li", age: 1})]</text></literalExpression></decision>
      <decision id="b" name="b"><variable name="b" typeRef="person"/>
        <literalExpression><text>{name: "Li"}</text></literalExpression></decision></definitions>`)
    const compiled = compileModel(model)
    expect(compiled.decide('a', {}).value).toEqual([null, true])
    expect(compiled.decide('b', {})).toMatchObject({ value: null, problems: [{ code: 'type' }] })
  })
  it('says that a decision requires itself', () => {
    const circle = (id: string, other: string) => ({
      id,
      name: id,
      requires: { inputs: [], decisions: [other], knowledge: [] },
      logic: { kind: 'literal' as const, text: other },
    })
    const model = {
      name: '',
      namespace: '',
      types: [],
      inputData: [],
      knowledge: [],
      decisions: [circle('a', 'b'), circle('b', 'a')],
    }
    expect(compileModel(model).decide('a', {})).toMatchObject({ value: null, problems: [{ code: 'cycle' }] })
  })
})

describe('files that are refused', () => {
  it.each([
    ['', 'no element'],
    ['hello', 'outside of the root'],
    ['<a><b></a>', '</a> closes nothing'],
    ['<a', 'expected'],
    ['<a b="1" b="2"/>', 'twice'],
    ['<a>&bomb;</a>', 'entity'],
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'DOCTYPE'],
    ['<a/><b/>', 'two root'],
    ['<definitions xmlns="http://example.com/"/>', 'not a DMN file'],
    [`<definitions xmlns="${namespace('20191111')}"><decision id="a"/><decision id="a"/></definitions>`, 'twice'],
    ['<a>'.repeat(5000), 'too deeply'],
    ['x'.repeat(5_000_000), 'larger than'],
  ])('%.40s', (xml, part) => {
    expect(refusal(xml)).toContain(part)
  })
  it('never throws on broken files', () => {
    const xml = writeDmn([tier])
    fc.assert(
      fc.property(fc.nat(xml.length), fc.nat(20), fc.string({ maxLength: 5 }), (at, drop, put) => {
        const result = readDmn(xml.slice(0, at) + put + xml.slice(at + drop))
        if (result.ok) compileModel(result.model)
      }),
      { numRuns: 300 },
    )
  })
})
