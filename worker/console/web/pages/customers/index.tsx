import type { ReactNode } from 'react'
import { useLanguage } from '../../parts/language.tsx'
import { Page } from '../../parts/page.tsx'
import { usePlace } from '../../parts/router.tsx'
import { SubNav } from '../../parts/subnav.tsx'
import { Customer } from './customer.tsx'
import { EscalationsList } from './escalations-list.tsx'
import { List } from './list.tsx'
import { texts } from './texts.ts'

/** Customers: the list, open escalations, and one of them. */
export const Customers = (): ReactNode => {
  const { say } = useLanguage()
  const { path } = usePlace()
  const [, open = ''] = path
  if (open !== '' && open !== 'escalations') return <Customer key={open} record={open} />
  return (
    <Page title={say(texts.title)}>
      <SubNav
        label={say(texts.title)}
        open={open === '' ? 'list' : open}
        parts={[
          { name: 'list', to: '/customers', text: say(texts.list) },
          { name: 'escalations', to: '/customers/escalations', text: say(texts.escalations) },
        ]}
      />
      {open === 'escalations' ? <EscalationsList /> : <List />}
    </Page>
  )
}
