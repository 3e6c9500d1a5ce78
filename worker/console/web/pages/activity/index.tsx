import type { ReactNode } from 'react'
import { useLanguage } from '../../parts/language.tsx'
import { Page } from '../../parts/page.tsx'
import { usePlace } from '../../parts/router.tsx'
import { useUser } from '../../parts/session.tsx'
import { SubNav } from '../../parts/subnav.tsx'
import { Audit } from './audit.tsx'
import { Events } from './events.tsx'
import { Health } from './health.tsx'
import { Letters } from './letters.tsx'
import { texts } from './texts.ts'

const PARTS = { events: Events, letters: Letters, health: Health, audit: Audit } as const
type Part = keyof typeof PARTS
const isPart = (name: string | undefined): name is Part => name !== undefined && name in PARTS

/** What happened, why, and again. */
export const Activity = (): ReactNode => {
  const { say } = useLanguage()
  const { path } = usePlace()
  // what isn't of one's own customers is for those who answer for the whole bank
  const isWhole = ['ADMIN', 'AUDITOR'].includes(useUser().role)
  const open = isWhole && isPart(path[1]) ? path[1] : 'events'
  const Shown = PARTS[open]
  if (!isWhole)
    return (
      <Page title={say(texts.title)}>
        <p className="soft">{say(texts.ownAbout)}</p>
        <Shown />
      </Page>
    )
  return (
    <Page title={say(texts.title)}>
      <SubNav
        label={say(texts.title)}
        open={open}
        parts={(Object.keys(PARTS) as Part[]).map((name) => ({
          name,
          to: `/activity/${name}`,
          text: say(texts[name]),
        }))}
      />
      <Shown />
    </Page>
  )
}
