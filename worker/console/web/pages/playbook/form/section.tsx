import type { ReactNode } from 'react'
import type { Label } from '../../../../../../schemas/model/define.ts'
import { playbookSchema } from '../../../../../../schemas/playbook/index.ts'
import { useLanguage } from '../../../parts/language.tsx'
import { Part } from './form.tsx'
import { JsonPart } from './json.tsx'
import { memberName } from './names.ts'
import { type Shape, shapeOf } from './shape.ts'

/** The shape of a part of the playbook. */
export const shapeOfPart = (name: string): Shape => {
  const whole = shapeOf(playbookSchema)
  return (whole.kind === 'object' && whole.members.find((member) => member.name === name)?.shape) || { kind: 'json' }
}

/** The shape of one item of a part that is a list. */
export const shapeOfItem = (name: string): Shape => {
  const shape = shapeOfPart(name)
  return shape.kind === 'list' ? shape.of : shape
}

/** A part of the playbook with its form, and as it is written down. */
export const Section = ({ name, title = memberName(name) }: { name: string; title?: Label }): ReactNode => {
  const { say } = useLanguage()
  return (
    <section className="card stack" aria-labelledby={`part-${name}`}>
      <h2 id={`part-${name}`}>{say(title)}</h2>
      <Part shape={shapeOfPart(name)} path={[name]} label={say(title)} />
      <JsonPart path={[name]} />
    </section>
  )
}
