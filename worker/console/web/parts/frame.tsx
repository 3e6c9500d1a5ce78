import Button from 'antd/es/button'
import Select from 'antd/es/select'
import type { ReactNode } from 'react'
import { frameTexts } from '../texts/frame.ts'
import { useLanguage } from './language.tsx'
import { useLook } from './look.tsx'
import { Go, usePlace } from './router.tsx'
import { useSession, type UserRole } from './session.tsx'

/** The pages, and who may see them; the API holds to it whatever is shown. */
export const PAGES = [
  { name: 'boards', roles: ['ADMIN', 'MANAGER', 'AUDITOR', 'RM'] },
  { name: 'customers', roles: ['ADMIN', 'MANAGER', 'AUDITOR', 'RM'] },
  { name: 'playbook', roles: ['ADMIN', 'MANAGER', 'AUDITOR', 'RM'] },
  { name: 'activity', roles: ['ADMIN', 'MANAGER', 'AUDITOR', 'RM'] },
  { name: 'access', roles: ['ADMIN', 'AUDITOR'] },
  { name: 'connect', roles: ['ADMIN'] },
] as const satisfies { name: keyof typeof frameTexts; roles: UserRole[] }[]
export type PageName = (typeof PAGES)[number]['name']

export const mayOpen = (role: UserRole, page: PageName): boolean =>
  PAGES.some(({ name, roles }) => name === page && (roles as readonly UserRole[]).includes(role))

/** Language and colours: also where nobody is signed in. */
export const Switches = (): ReactNode => {
  const { say, turn } = useLanguage()
  const { look, turn: turnLook } = useLook()
  return (
    <>
      <Button type="text" title={say(frameTexts.languageTitle)} data-switch="language" onClick={turn}>
        {say(frameTexts.language)}
      </Button>
      <Button type="text" data-switch="look" onClick={turnLook}>
        {say(look === 'dark' ? frameTexts.light : frameTexts.dark)}
      </Button>
    </>
  )
}

export const Frame = ({ children }: { children: ReactNode }): ReactNode => {
  const { say } = useLanguage()
  const { path } = usePlace()
  const { session, account, choose, signOut } = useSession()
  if (session.state !== 'in') return children
  const { user, accounts } = session
  const open = path[0] ?? 'boards'
  return (
    <>
      <a className="skip" href="#content">
        {say(frameTexts.skip)}
      </a>
      <header className="top">
        <Go to="/" className="brand">
          {say(frameTexts.product)}
        </Go>
        <nav aria-label={say(frameTexts.pages)}>
          {PAGES.filter(({ name }) => mayOpen(user.role, name)).map(({ name }) => (
            <Go key={name} to={`/${name}`} aria-current={open === name ? 'page' : undefined}>
              {say(frameTexts[name])}
            </Go>
          ))}
        </nav>
        <div className="who">
          {accounts.length > 1 && (
            <Select
              aria-label={say(frameTexts.account)}
              value={account ?? null}
              onChange={choose}
              options={accounts.map((value) => ({ value, label: value }))}
              popupMatchSelectWidth={false}
            />
          )}
          <span className="user" title={user.email}>
            {user.email ? `${user.name || user.email} · ` : ''}
            {say(frameTexts[user.role])}
          </span>
          <Switches />
          <Button type="text" onClick={() => void signOut()}>
            {say(frameTexts.signOut)}
          </Button>
        </div>
      </header>
      {children}
    </>
  )
}
