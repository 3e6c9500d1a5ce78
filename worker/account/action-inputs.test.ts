import { describe, expect, it } from 'vitest'
import type { ActionCall } from '../../schemas/actions/call.ts'
import { readInputs } from './action-inputs.ts'

const call = (objectType: string, inputFields: Record<string, unknown> = {}): ActionCall => ({
  callbackId: 'ap-1',
  object: { objectId: '1', objectType },
  inputFields,
})
const types = { person: '0-1', company: '0-2', development: '2-77', escalation: '2-78' }
const deals = { ...types, development: '0-3' }

describe('a call of an action', () => {
  it.each([
    ['COMPANY', 'rate', 'company'],
    ['CONTACT', 'rate', 'person'],
    ['0-2', 'rate', 'company'],
    ['company', 'rate', 'company'],
    ['2-77', 'move', 'development'],
    ['deal', 'move', 'development', deals],
    ['p62515_ladder_escalation', 'resolve', 'escalation'],
  ] as const)('about %s for %s is about a %s', (type, name, object, layout: Record<string, string> = types) => {
    expect(readInputs(name, call(type, { stage: 'DEV_A02' }), layout)).toMatchObject({ ok: true, object })
  })

  it('about an object that the action isn’t for is refused', () => {
    expect(readInputs('move', call('COMPANY', { stage: 'DEV_A02' }), types).ok).toBe(false)
    expect(readInputs('move', call('DEAL', { stage: 'DEV_A02' }), types).ok).toBe(false)
    expect(readInputs('rate', call('2-999'), types).ok).toBe(false)
    expect(readInputs('rate', call('constructor'), types).ok).toBe(false)
  })

  it.each([
    ['1790560800000', '2026-09-28T02:00:00.000Z'],
    [1790560800000, '2026-09-28T02:00:00.000Z'],
    ['2026-09-28T10:00:00+08:00', '2026-09-28T02:00:00.000Z'],
    ['2026-09-28', '2026-09-28T12:00:00.000Z'],
    ['tomorrow', null],
    ['2026-13-01', null],
    ['2026-09-28T10:00:00', null],
    ['99999999999999', null],
  ])('an instant given as %s is %s', (given, instant) => {
    const read = readInputs('visit-plan', call('COMPANY', { plannedAt: given }), types)
    expect(read.ok ? read.inputs.plannedAt : null).toBe(instant)
  })

  it('reads the older member too, and leaves out what is empty', () => {
    const older: ActionCall = { ...call('DEAL'), fields: { stage: ' DEV_A02 ' } }
    expect(readInputs('move', older, deals)).toMatchObject({ ok: true, inputs: { stage: 'DEV_A02' } })
    expect(readInputs('resolve', call('COMPANY', { cause: '', resolution: null }), types)).toMatchObject({ inputs: {} })
    expect(readInputs('move', call('DEAL', { stage: '' }), deals)).toMatchObject({ ok: false })
    expect(readInputs('move', call('DEAL', { stage: "x' OR 1" }), deals)).toMatchObject({ ok: false })
  })
})
