import type { ReactNode } from 'react'
import { objectDef } from '../../../../schemas/model/index.ts'
import { useLanguage } from './language.tsx'

/** A field by its label in the model, with its own name; that alone where the model has none. */
export const FieldName = ({ object, name }: { object: string | undefined; name: string }): ReactNode => {
  const { say } = useLanguage()
  const label = objectDef(object ?? '')?.fields.find((field) => field.name === name)?.label
  return label ? (
    <>
      {say(label)} <span className="mono soft">{name}</span>
    </>
  ) : (
    <span className="mono">{name}</span>
  )
}
