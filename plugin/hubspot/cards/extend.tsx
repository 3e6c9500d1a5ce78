import { hubspot } from '@hubspot/ui-extensions'
import { LadderCard } from './card.tsx'
import { ladderAt } from './ladder.ts'
import { Settings } from './settings.tsx'

/** Written in when the project is made: where Ladder is, and what HubSpot calls a development there. */
declare const LADDER_CARDS_URL: string
declare const LADDER_DEVELOPMENTS: string
declare const LADDER_PAGE: 'card' | 'settings'

const ladder = ladderAt(LADDER_CARDS_URL, (url, options) =>
  hubspot.fetch(url, { ...options, body: { ...options.body } }),
)

if (LADDER_PAGE === 'settings')
  hubspot.extend<'settings'>(({ context }) => <Settings context={context} ladder={ladder} />)
else
  hubspot.extend<'crm.record.tab'>(({ context }) => (
    <LadderCard context={context} ladder={ladder} developmentType={LADDER_DEVELOPMENTS} />
  ))
