import { actionDef, type ActionInput, type ActionName } from '../../schemas/actions/index.ts'
import type { ActionCall } from '../../schemas/actions/call.ts'
import { objectDef } from '../../schemas/model/index.ts'

/** A call that can be worked with, or what is wrong with it. */
export type Read = { ok: true; object: string; inputs: Record<string, string> } | { ok: false; message: string }

/** HubSpot's names of its own objects in calls of workflow actions, as type ids. */
const HUBSPOT: Partial<Record<string, string>> = {
  CONTACT: '0-1',
  COMPANY: '0-2',
  DEAL: '0-3',
  TASK: '0-27',
  MEETING: '0-47',
  MEETING_EVENT: '0-47',
}

/**
 * The neutral object of a CRM's type name: neutral already, one of HubSpot's own, a type id of the account's layout
 * (`2-123`), or the whole name of a custom object (`p123_ladder_escalation`). A deal is a development only where the layout
 * says so: ids of different types may be the same.
 */
export const objectOf = (type: string, types: Partial<Record<string, string>>): string | undefined => {
  if (objectDef(type)) return type
  const id = HUBSPOT[type.toUpperCase()] ?? type
  const custom = /^(?:p\d+_)?ladder_([a-z_]+)$/i.exec(type)?.[1]
  const camel = custom?.toLowerCase().replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
  const named = camel !== undefined && objectDef(camel) ? camel : undefined
  return Object.entries(types).find(([, one]) => one === id)?.[0] ?? named
}

/** Checks a call against its definition: the object, what has to be given, and that dates and choices can be read. */
export const readInputs = (name: ActionName, call: ActionCall, types: Partial<Record<string, string>>): Read => {
  const def = actionDef(name)
  const object = objectOf(call.object.objectType, types)
  if (!def || !object || !def.objects.includes(object))
    return {
      ok: false,
      message: `${name} isn't for records of ${call.object.objectType}, but for ${def?.objects.join(', ')}`,
    }
  const inputs: Record<string, string> = {}
  for (const input of def.inputs) {
    const value = textOf(call.inputFields?.[input.name] ?? call.fields?.[input.name])
    if (value === '') {
      if (input.required) return { ok: false, message: `${input.name}: has to be given` }
      continue
    }
    const read = valueOf(input, value)
    if (read === null) return { ok: false, message: `${input.name}: ${HINTS[input.type] ?? 'not one of the choices'}` }
    inputs[input.name] = read
  }
  return { ok: true, object, inputs }
}

const HINTS: Partial<Record<ActionInput['type'], string>> = {
  date: 'a date such as 2026-11-21',
  dateTime: 'an instant such as 2026-11-21T09:30:00+08:00, or milliseconds since 1970',
}

const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? value.trim()
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : ''

/** A value as the method takes it; null when it can't be read. A choice may be a bank's own, so codes are let through. */
const valueOf = ({ type }: ActionInput, value: string): string | null => {
  if (type === 'select') return /^[\p{L}\p{N}_:.-]{1,100}$/u.test(value) ? value : null
  if (type !== 'date' && type !== 'dateTime') return value.slice(0, 10_000)
  const at = /^-?\d{9,15}$/.test(value) ? Number(value) : isoOf(value)
  if (!Number.isFinite(at) || Math.abs(at) > 4e12) return null
  const iso = new Date(at).toISOString()
  return type === 'date' ? iso.slice(0, 10) : iso
}

/** A date alone is that day's noon in UTC, which is the same day in nearly every zone. */
const isoOf = (text: string): number => {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return Date.parse(`${text}T12:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(text) ? Date.parse(text) : NaN
}
