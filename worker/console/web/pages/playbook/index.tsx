import { lazy, type ReactNode, Suspense } from 'react'
import { useLanguage } from '../../parts/language.tsx'
import { Page, Shown, Waiting } from '../../parts/page.tsx'
import { usePlace } from '../../parts/router.tsx'
import { useAccountPath, useSession, useUser } from '../../parts/session.tsx'
import { SubNav } from '../../parts/subnav.tsx'
import { useData } from '../../parts/use-data.ts'
import { DraftBar } from './bar.tsx'
import { DraftProvider, type InForce, type Version } from './draft/use-draft.tsx'
import { Overview } from './overview/index.tsx'
import { texts } from './texts.ts'

const PARTS = {
  overview: Overview,
  tables: lazy(() => import('./tables/index.tsx').then(({ Tables }) => ({ default: Tables }))),
  ladders: lazy(() => import('./ladders/index.tsx').then(({ Ladders }) => ({ default: Ladders }))),
  cadences: lazy(() => import('./cadences.tsx').then(({ Cadences }) => ({ default: Cadences }))),
  campaigns: lazy(() => import('./campaigns/index.tsx').then(({ Campaigns }) => ({ default: Campaigns }))),
  pipelines: lazy(() => import('./pipelines/index.tsx').then(({ Pipelines }) => ({ default: Pipelines }))),
  people: lazy(() => import('./cadences.tsx').then(({ People }) => ({ default: People }))),
  calendar: lazy(() => import('./calendar/index.tsx').then(({ CalendarPage }) => ({ default: CalendarPage }))),
  words: lazy(() => import('./words/index.tsx').then(({ Words }) => ({ default: Words }))),
  more: lazy(() => import('./more.tsx').then(({ More }) => ({ default: More }))),
  release: lazy(() => import('./release/index.tsx').then(({ Release }) => ({ default: Release }))),
} as const
type Part = keyof typeof PARTS
const isPart = (name: string | undefined): name is Part => name !== undefined && Object.hasOwn(PARTS, name)

/** The bank's method: looked at, changed as a draft, tried on all customers, published. */
export const PlaybookPage = (): ReactNode => {
  const { say } = useLanguage()
  const { path } = usePlace()
  const { account = '' } = useSession()
  const base = useAccountPath()
  const [told, again] = useData<{ versions: Version[]; active: InForce | null }>(`${base}/playbooks`)
  // a shadow run tells of all customers
  const isWhole = ['ADMIN', 'AUDITOR'].includes(useUser().role)
  const parts = (Object.keys(PARTS) as Part[]).filter((name) => isWhole || name !== 'release')
  const open = isPart(path[1]) && parts.includes(path[1]) ? path[1] : 'overview'
  const Open = PARTS[open]
  return (
    <Page title={say(texts.title)}>
      <Shown of={told} again={again}>
        {({ versions, active }) =>
          active === null ? (
            <p className="card">{say(texts.none)}</p>
          ) : (
            <DraftProvider key={account} account={account} active={active} versions={versions} again={again}>
              <SubNav
                label={say(texts.title)}
                open={open}
                parts={parts.map((name) => ({
                  name,
                  to: `/playbook/${name}`,
                  text: say(texts[name]),
                }))}
              />
              <DraftBar />
              <Suspense fallback={<Waiting />}>
                <div className="playbook" key={open}>
                  <Open />
                </div>
              </Suspense>
            </DraftProvider>
          )
        }
      </Shown>
    </Page>
  )
}
