import {
  groupPayload,
  isAtBirth,
  labelPayloads,
  pipelinePayloads,
  propertyPayload,
  schemaPayload,
} from '../../plugin/install/hubspot/payloads.ts'
import type { HubspotSandbox } from '../../plugin/sandbox/hubspot/index.ts'
import { API, type Carrier, type HubspotLayout, pathOf, standardType } from '../../worker/crm/hubspot/layout.ts'
import { ladderProperties, objectsOf, relationsOf } from '../../worker/crm/hubspot/names.ts'

type Answer = Record<string, unknown>

const LANGUAGE = 'en'

/** Puts Ladder's model into a stand-in by the API, and says where it lies. `plainKeys`: objects whose key isn't unique. */
export const layOut = async (
  hubspot: HubspotSandbox,
  carrier: Carrier,
  plainKeys: string[] = [],
): Promise<HubspotLayout> => {
  const ask = async (line: string, body?: unknown): Promise<Answer> => {
    const [method = 'GET', path = '/'] = line.split(' ')
    const response = await fetch(hubspot.url + path, {
      method,
      headers: { authorization: `Bearer ${hubspot.token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${line}: ${response.status} ${text.slice(0, 500)}`)
    return text === '' ? {} : (JSON.parse(text) as Answer)
  }
  const objects = objectsOf(carrier)
  const layout: HubspotLayout = {
    portalId: hubspot.portalId,
    carrier,
    types: Object.fromEntries(objects.map((object) => [object, standardType(carrier, object) ?? '2-0'])),
    labels: {},
    ...(plainKeys.length > 0 ? { plainKeys } : {}),
  }
  for (const object of objects) {
    const schema = schemaPayload(layout, object, LANGUAGE)
    if (!schema) continue
    const made = await ask(`POST /crm-object-schemas/${API}/schemas`, schema)
    layout.types[object] = String(made.objectTypeId)
  }
  for (const object of objects) {
    const path = `/crm/properties/${API}/${pathOf(layout, object) ?? ''}`
    await ask(`POST ${path}/groups`, groupPayload)
    const inputs = ladderProperties(layout, object)
      .filter(({ name }) => !isAtBirth(carrier, object, name))
      .map((property) => propertyPayload(property, LANGUAGE))
      .map((payload) => (plainKeys.includes(object) ? { ...payload, hasUniqueValue: false } : payload))
    for (let at = 0; at < inputs.length; at += 100)
      await ask(`POST ${path}/batch/create`, { inputs: inputs.slice(at, at + 100) })
  }
  for (const pipeline of pipelinePayloads(carrier, LANGUAGE))
    await ask(`POST /crm/pipelines/${API}/${layout.types.development}`, pipeline)
  for (const object of objects) await label(ask, layout, object)
  return layout
}

const isOwn = (type: string | undefined): boolean => type?.startsWith('2-') ?? false

const label = async (
  ask: (line: string, body?: unknown) => Promise<Answer>,
  layout: HubspotLayout,
  object: string,
): Promise<void> => {
  const type = layout.types[object]
  for (const { relation } of relationsOf(layout, object)) {
    const to = layout.types[relation.to]
    // HubSpot's own objects come associated with each other, and activities with everything
    if (!isOwn(type) || !isOwn(to)) continue
    await ask(`POST /crm-object-schemas/${API}/schemas/${type}/associations`, {
      fromObjectTypeId: type,
      toObjectTypeId: to,
    })
  }
  for (const { key, to, name, label: text, inverseLabel } of labelPayloads(layout, object, LANGUAGE)) {
    const path = `/crm/associations/${API}/${type}/${layout.types[to]}/labels`
    const { results } = await ask(`POST ${path}`, { name, label: text, inverseLabel })
    const [first] = results as { typeId: number }[]
    if (first) layout.labels[key] = first.typeId
  }
}
