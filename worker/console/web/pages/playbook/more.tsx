import type { ReactNode } from 'react'
import { useLanguage } from '../../parts/language.tsx'
import { Go, usePlace } from '../../parts/router.tsx'
import { Preview } from './documents/preview.tsx'
import { useDraft, useIssues } from './draft/use-draft.tsx'
import { memberName } from './form/names.ts'
import { Section } from './form/section.tsx'

/** Parts that have no page of their own. */
const PARTS = [
  'name',
  'language',
  'schemes',
  'movement',
  'measures',
  'products',
  'rms',
  'occasions',
  'promises',
  'joint',
  'documents',
] as const

const Tab = ({ name, isOpen }: { name: string; isOpen: boolean }): ReactNode => {
  const { say } = useLanguage()
  const found = useIssues(name)
  return (
    <Go to={`/playbook/more/${name}`} aria-current={isOpen ? 'page' : undefined}>
      {say(memberName(name))}
      {found.length > 0 && <span className="bad"> ({found.length})</span>}
    </Go>
  )
}

/** Everything else that stands in the playbook: a form of each part, made from its shape. */
export const More = (): ReactNode => {
  const { path } = usePlace()
  const { playbook } = useDraft()
  const { say } = useLanguage()
  const open = path[2] !== undefined && Object.hasOwn(playbook, path[2]) ? path[2] : 'schemes'
  return (
    <div className="stack">
      <nav className="pills" aria-label={say({ en: 'Parts', zh: '内容' })}>
        {PARTS.map((name) => (
          <Tab key={name} name={name} isOpen={open === name} />
        ))}
      </nav>
      <Section key={open} name={open} />
      {open === 'documents' && <Preview />}
    </div>
  )
}
