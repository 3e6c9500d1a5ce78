import type { ReactNode } from 'react'
import { useLanguage } from '../../parts/language.tsx'
import { Page } from '../../parts/page.tsx'
import { usePlace } from '../../parts/router.tsx'
import { SubNav } from '../../parts/subnav.tsx'
import { Provider } from './provider.tsx'
import { texts } from './texts.ts'
import { Users } from './users.tsx'

/** Who may use the console, and how they sign in. */
export const Access = (): ReactNode => {
  const { say } = useLanguage()
  const { path } = usePlace()
  const open = path[1] === 'provider' ? 'provider' : 'users'
  return (
    <Page title={say(texts.title)}>
      <SubNav
        label={say(texts.title)}
        open={open}
        parts={(['users', 'provider'] as const).map((name) => ({
          name,
          to: `/access/${name}`,
          text: say(texts[name]),
        }))}
      />
      {open === 'users' ? <Users /> : <Provider />}
    </Page>
  )
}
