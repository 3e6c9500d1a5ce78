import { describe, expect, it } from 'vitest'
import { defaultPlaybook } from '../../../../../../schemas/playbook/default/index.ts'
import { playbookSchema } from '../../../../../../schemas/playbook/index.ts'
import { memberName } from './names.ts'
import { blankOf, type Shape, shapeOf } from './shape.ts'

const whole = shapeOf(playbookSchema)
const membersOf = (shape: Shape): string[] => {
  if (shape.kind === 'object') return shape.members.flatMap(({ name, shape: inner }) => [name, ...membersOf(inner)])
  if (shape.kind === 'variant') return [shape.by, ...shape.options.flatMap((one) => membersOf(one.shape))]
  return 'of' in shape ? membersOf(shape.of) : []
}
const partOf = (shape: Shape, ...names: string[]): Shape =>
  names.reduce((inside, name) => {
    let at = inside
    while ('of' in at) at = at.of
    return (at.kind === 'object' && at.members.find((one) => one.name === name)?.shape) || { kind: 'json' }
  }, shape)

describe('forms of the playbook', () => {
  it('have a field for each member of the document', () => {
    expect(whole).toMatchObject({ kind: 'object' })
    expect(whole.kind === 'object' && whole.members.map(({ name }) => name).toSorted()).toEqual(
      Object.keys(defaultPlaybook).toSorted(),
    )
  })

  it('know how a text is written, what a number may be, and what may be left out', () => {
    expect(partOf(whole, 'campaigns', 'audience')).toEqual({ kind: 'text', how: 'feel' })
    expect(partOf(whole, 'campaigns', 'name')).toEqual({ kind: 'label' })
    expect(partOf(whole, 'roles', 'members')).toEqual({ kind: 'list', of: { kind: 'text', how: 'email' } })
    expect(partOf(whole, 'calendar', 'hours', 'from')).toEqual({ kind: 'text', how: 'clock' })
    expect(partOf(whole, 'cadence', 'leadDays')).toMatchObject({ kind: 'number', isWhole: true, least: 0 })
    expect(partOf(whole, 'outreach', 'advertsPercent')).toMatchObject({ least: 0, most: 100 })
    expect(partOf(whole, 'pipelines', 'stages', 'allowanceDays')).toMatchObject({ kind: 'maybe', none: null })
    expect(partOf(whole, 'escalations', 'isDefault')).toEqual({ kind: 'mark' })
    expect(partOf(whole, 'escalations', 'levels', 'role')).toMatchObject({ kind: 'choice' })
  })

  it('DEV-A08: the contents of a document are told apart by their kind, none of them is JSON alone', () => {
    const blocks = partOf(whole, 'documents', 'layouts', 'blocks')
    const of = (shape: Shape): Shape => (shape.kind === 'list' || shape.kind === 'maybe' ? of(shape.of) : shape)
    const block = of(blocks)
    expect(block).toMatchObject({ kind: 'variant', by: 'block' })
    const options = block.kind === 'variant' ? block.options : []
    expect(options.map(({ code }) => code)).toEqual(['heading', 'text', 'fields', 'scores', 'list', 'signatures'])
    expect(partOf({ kind: 'list', of: options[0]?.shape ?? block }, 'level')).toEqual({
      kind: 'choice',
      codes: ['1', '2'],
      isNumber: true,
    })
    expect(blankOf(block)).toEqual({ block: 'heading', text: { en: '', zh: '' }, level: 1 })
    const isJson = (shape: Shape): boolean =>
      shape.kind === 'json' ||
      ('of' in shape && isJson(shape.of)) ||
      (shape.kind === 'object' && shape.members.some((one) => isJson(one.shape))) ||
      (shape.kind === 'variant' && shape.options.some((one) => isJson(one.shape)))
    expect(isJson(partOf(whole, 'documents'))).toBe(false)
  })

  it('name each member in both languages', () => {
    const nameless = membersOf(whole).filter((name) => memberName(name).zh === name)
    expect([...new Set(nameless)]).toEqual([])
  })

  it('begin a new item with what its shape allows', () => {
    expect(blankOf({ kind: 'list', of: { kind: 'label' } })).toEqual([])
    const policy = blankOf((partOf(whole, 'escalations') as { of: Shape }).of)
    expect(policy).toMatchObject({ id: '', name: { en: '', zh: '' }, levels: [] })
    expect(policy).not.toHaveProperty('isDefault')
  })
})
