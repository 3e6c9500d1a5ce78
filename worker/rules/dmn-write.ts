import {
  writtenNamespace,
  type Decision,
  type DmnModel,
  type ItemType,
  type Knowledge,
  type Variable,
} from './dmn-model.ts'
import { LogicWriter } from './dmn-write-logic.ts'
import { modelOf } from './dmn-of-tables.ts'
import type { Table } from './types.ts'
import { element, type Attributes } from './xml-write.ts'

const newest = 'https://www.omg.org/spec/DMN/20230324/MODEL/'

/**
 * Writes decision tables, or a whole model, as DMN 1.3 XML, which every DMN tool opens (1.5 only for boxed conditionals, which
 * 1.3 lacks). Reading it again gives the same model. What DMN has no place for stands in attributes of Ladder's own namespace.
 */
export function writeDmn(source: DmnModel | readonly Table[]): string {
  const model: DmnModel = 'decisions' in source ? source : modelOf(source)
  const ids = new Set([...model.decisions, ...model.inputData, ...model.knowledge].map(({ id }) => id))
  const writer = new LogicWriter(ids)
  const parts = [
    ...model.types.map((type) => itemType(type, 'itemDefinition')),
    ...model.inputData.map(({ id, name, typeRef }) =>
      element('inputData', { id, name }, [variable({ name, ...only(typeRef) })]),
    ),
    ...model.knowledge.map((each) => knowledge(each, writer)),
    ...model.decisions.map((each) => decision(each, writer)),
  ]
  const attributes: Attributes = {
    xmlns: writer.usedNewer ? newest : writtenNamespace,
    'xmlns:ladder': 'urn:ladder-crm:rules',
    id: 'definitions',
    name: model.name,
    namespace: model.namespace,
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('definitions', attributes, parts)}\n`
}

function only(typeRef: string | undefined): { typeRef?: string } {
  return typeRef === undefined ? {} : { typeRef }
}

function variable({ name, typeRef }: Variable): string {
  return element('variable', { name, typeRef })
}

function itemType(type: ItemType, tag: string): string {
  return element(tag, { name: type.name, isCollection: type.collection ? 'true' : undefined }, [
    ...(type.typeRef === undefined ? [] : [element('typeRef', {}, type.typeRef)]),
    ...(type.values === undefined ? [] : [element('allowedValues', {}, [element('text', {}, type.values)])]),
    ...type.components.map((component) => itemType(component, 'itemComponent')),
  ])
}

function requirement(tag: string, required: string, id: string): string {
  return element(tag, {}, [element(required, { href: `#${id}` })])
}

function decision({ id, name, typeRef, requires, logic }: Decision, writer: LogicWriter): string {
  return element('decision', { id, name }, [
    variable({ name, ...only(typeRef) }),
    ...requires.inputs.map((each) => requirement('informationRequirement', 'requiredInput', each)),
    ...requires.decisions.map((each) => requirement('informationRequirement', 'requiredDecision', each)),
    ...requires.knowledge.map((each) => requirement('knowledgeRequirement', 'requiredKnowledge', each)),
    ...(logic ? [writer.write(logic, name)] : []),
  ])
}

function knowledge({ id, name, typeRef, requires, parameters, body }: Knowledge, writer: LogicWriter): string {
  return element('businessKnowledgeModel', { id, name }, [
    variable({ name, ...only(typeRef) }),
    element('encapsulatedLogic', {}, [...writer.parameters(parameters), writer.write(body, name)]),
    ...requires.map((each) => requirement('knowledgeRequirement', 'requiredKnowledge', each)),
  ])
}
