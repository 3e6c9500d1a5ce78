import { describe, expect, it } from 'vitest'
import { defaultPlaybook } from '../../../../../../schemas/playbook/default/index.ts'
import { playbookSchema } from '../../../../../../schemas/playbook/index.ts'
import { memberName } from './names.ts'
import { blankOf, type Shape, shapeOf } from './shape.ts'

const whole = shapeOf(playbookSchema)
const membersOf = (shape: Shape): string[] => {
  if (shape.kind === 'object') return shape.members.flatMap(({ name, shape: inner }) => [name, ...membersOf(inner)])
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
