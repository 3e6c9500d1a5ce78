import {
  dmnVersions,
  type Decision,
  type DmnModel,
  type InputData,
  type ItemType,
  type Knowledge,
  type Variable,
} from './dmn-model.ts'
import { LogicReader, unsupported } from './dmn-read-logic.ts'
import { ItemTypes } from './item-types.ts'
import type { CellIssue, Text } from './types.ts'
import { readXml, type Element } from './xml.ts'

export type DmnRead = { ok: true; model: DmnModel; issues: CellIssue[] } | { ok: false; issues: CellIssue[] }

/**
 * Reads DMN 1.2 to 1.5 XML: input data, item definitions, decisions (tables, literal and boxed expressions), business
 * knowledge models. Malformed, hostile or foreign XML gives `ok: false` and says where; it never throws.
 */
export function readDmn(xml: string): DmnRead {
  const document = readXml(xml)
  if (!document.ok) return refused(document.message)
  const { root } = document
  if (root.name !== 'definitions' || !dmnVersions.has(root.ns)) {
    const versions = [...dmnVersions.values()].join(', ')
    return refused({
      en: `This is not a DMN file of version ${versions}: its root is <${root.name}> in "${root.ns}".`,
      zh: `这不是 DMN ${versions} 文件：根元素为 <${root.name}>，命名空间为“${root.ns}”。`,
    })
  }
  const types = all(root, 'itemDefinition').map(itemType)
  const reader = new LogicReader(root.ns, new ItemTypes(types))
  const decisions = all(root, 'decision').map((element) => decision(element, reader))
  const model: DmnModel = {
    name: root.attributes.get('name') ?? '',
    namespace: root.attributes.get('namespace') ?? '',
    types,
    inputData: all(root, 'inputData').map(inputData),
    decisions,
    knowledge: all(root, 'businessKnowledgeModel').map((element) => knowledge(element, reader)),
  }
  const issues = [...reader.issues, ...leftOut(root), ...duplicates(model)]
  return issues.some((issue) => issue.severity === 'error') ? { ok: false, issues } : { ok: true, model, issues }
}

function refused(message: Text): DmnRead {
  return { ok: false, issues: [{ severity: 'error', code: 'xml', message }] }
}

/** What of the file decisions might ask for and isn't read. */
function leftOut(root: Element): CellIssue[] {
  const name = (element: Element): string => element.attributes.get('name') ?? ''
  return [
    ...all(root, 'import').map((each) => unsupported(`The imported model ${name(each)}`, `导入的模型 ${name(each)} `)),
    ...all(root, 'decisionService').map((each) =>
      unsupported(`The decision service ${name(each)}`, `决策服务 ${name(each)} `),
    ),
  ]
}

function duplicates(model: DmnModel): CellIssue[] {
  const seen = new Set<string>()
  return [...model.inputData, ...model.decisions, ...model.knowledge].flatMap(({ id }): CellIssue[] => {
    if (!seen.has(id)) return (seen.add(id), [])
    const message = { en: `The id ${id} stands twice: ids must differ.`, zh: `标识 ${id} 重复：标识必须唯一。` }
    return [{ severity: 'error', code: 'xml', message }]
  })
}

function all(element: Element, name: string): Element[] {
  return element.children.filter((child) => child.name === name && child.ns === element.ns)
}

function one(element: Element, name: string): Element | null {
  return all(element, name)[0] ?? null
}

function textOf(element: Element | null): string | undefined {
  return element?.text.trim() || undefined
}

function itemType(element: Element): ItemType {
  const allowed = one(element, 'allowedValues') ?? one(element, 'typeConstraint')
  return {
    name: element.attributes.get('name') ?? '',
    ...optional('typeRef', textOf(one(element, 'typeRef'))),
    collection: element.attributes.get('isCollection') === 'true',
    ...optional('values', textOf(allowed && one(allowed, 'text'))),
    components: all(element, 'itemComponent').map(itemType),
  }
}

function variable(element: Element): Variable {
  const own = one(element, 'variable')
  const name = element.attributes.get('name') ?? own?.attributes.get('name') ?? ''
  return { name, ...optional('typeRef', own?.attributes.get('typeRef')) }
}

function inputData(element: Element): InputData {
  const found = variable(element)
  return { id: element.attributes.get('id') ?? found.name, ...found }
}

function references(element: Element, requirement: string, required: string): string[] {
  return all(element, requirement).flatMap((each) => {
    const href = one(each, required)?.attributes.get('href')
    return href ? [href.slice(href.indexOf('#') + 1)] : []
  })
}

function decision(element: Element, reader: LogicReader): Decision {
  const found = variable(element)
  const id = element.attributes.get('id') ?? found.name
  const logic = reader.logicIn(element, { id, name: found.name, typeRef: found.typeRef })
  return {
    id,
    ...found,
    requires: {
      inputs: references(element, 'informationRequirement', 'requiredInput'),
      decisions: references(element, 'informationRequirement', 'requiredDecision'),
      knowledge: references(element, 'knowledgeRequirement', 'requiredKnowledge'),
    },
    logic,
  }
}

function knowledge(element: Element, reader: LogicReader): Knowledge {
  const found = variable(element)
  const id = element.attributes.get('id') ?? found.name
  const body = one(element, 'encapsulatedLogic')
  const logic = body ? reader.logicIn(body, { id, name: found.name, typeRef: undefined }) : null
  const parameters = body ? reader.parameters(body) : []
  const requires = references(element, 'knowledgeRequirement', 'requiredKnowledge')
  return { id, ...found, requires, parameters, body: logic ?? { kind: 'literal', text: 'null' } }
}

function optional<K extends string>(key: K, value: string | undefined): { [k in K]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { [k in K]?: string })
}
