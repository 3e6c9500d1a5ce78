import type { ReactNode } from 'react'
import type { Label } from '../../../../schemas/model/define.ts'
import { objectDef } from '../../../../schemas/model/index.ts'
import { useLanguage } from './language.tsx'

const FACT: Label = { en: 'Core banking', zh: '核心系统' }

/** What an object of the CRM is called, or where a fact comes from. */
export const objectName = (object: string): Label =>
  object === 'fact' ? FACT : (objectDef(object)?.label ?? { en: object, zh: object })

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
