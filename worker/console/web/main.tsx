import Alert from 'antd/es/alert'
import { lazy, type ReactNode, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import './main.css'
import { SignIn } from './pages/sign-in/index.tsx'
import { NamesProvider } from './parts/bank-names.tsx'
import { Frame, mayOpen, type PageName, PAGES } from './parts/frame.tsx'
import { LanguageProvider, useLanguage } from './parts/language.tsx'
import { LookProvider } from './parts/look.tsx'
import { NoticeProvider } from './parts/notice.tsx'
import { Guard, Page, Refused, Waiting } from './parts/page.tsx'
import { Go, usePlace } from './parts/router.tsx'
import { SessionProvider, useSession } from './parts/session.tsx'
import { frameTexts } from './texts/frame.ts'

/** Each page is loaded when it is opened. */
const SHOWN: Record<PageName, ReturnType<typeof lazy>> = {
  boards: lazy(() => import('./pages/boards/index.tsx').then(({ Boards }) => ({ default: Boards }))),
  customers: lazy(() => import('./pages/customers/index.tsx').then(({ Customers }) => ({ default: Customers }))),
  playbook: lazy(() => import('./pages/playbook/index.tsx').then(({ PlaybookPage }) => ({ default: PlaybookPage }))),
  activity: lazy(() => import('./pages/activity/index.tsx').then(({ Activity }) => ({ default: Activity }))),
  access: lazy(() => import('./pages/access/index.tsx').then(({ Access }) => ({ default: Access }))),
  connect: lazy(() => import('./pages/connect/index.tsx').then(({ Connect }) => ({ default: Connect }))),
}

const Nothing = ({ text, children }: { text: string; children?: ReactNode }): ReactNode => (
  <Page title={text}>
    <Alert type="info" showIcon title={text} description={children} />
  </Page>
)

/** Pages that are there without a connected CRM. */
const WITHOUT_ACCOUNT: readonly PageName[] = ['connect', 'access']

const Content = (): ReactNode => {
  const { say } = useLanguage()
  const { path } = usePlace()
  const { session, account } = useSession()
  if (session.state !== 'in') return null
  const name = PAGES.find((page) => page.name === (path[0] ?? 'boards'))?.name
  if (!name) return <Nothing text={say(frameTexts.notFound)} />
  if (!mayOpen(session.user.role, name)) return <Nothing text={say(frameTexts.notYours)} />
  if (account === undefined && !WITHOUT_ACCOUNT.includes(name))
    return (
      <Nothing text={say(frameTexts.noAccount)}>
        {session.user.role === 'ADMIN' && <Go to="/connect">{say(frameTexts.noAccountConnect)}</Go>}
      </Nothing>
    )
  const Shown = SHOWN[name]
  return (
    <Guard key={`${name}/${account ?? ''}`}>
      <Suspense fallback={<Waiting />}>
        <Shown />
      </Suspense>
    </Guard>
  )
}

const App = (): ReactNode => {
  const { session, refresh } = useSession()
  if (session.state === 'loading') return <Waiting />
  if (session.state === 'unreached')
    return (
      <main className="page">
        <Refused fault={session.fault} again={() => void refresh()} />
      </main>
    )
  if (session.state === 'out') return <SignIn signIn={session.signIn} message={session.message} />
  return (
    <Frame>
      <NamesProvider>
        <Content />
      </NamesProvider>
    </Frame>
  )
}

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <LanguageProvider>
        <LookProvider>
          <NoticeProvider>
            <SessionProvider>
              <App />
            </SessionProvider>
          </NoticeProvider>
        </LookProvider>
      </LanguageProvider>
    </StrictMode>,
  )
