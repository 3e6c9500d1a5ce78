import type { ReactNode } from 'react'
import type { CampaignView } from './kinds.ts'
import { Quiet, Row, Section, type Speak, Tag } from './ui.tsx'
import { atText, words } from './words.ts'

/** CAMP: the campaigns that this customer is or was invited to. */
export const Campaigns = ({ campaigns, speak }: { campaigns: readonly CampaignView[]; speak: Speak }): ReactNode => (
  <Section title={speak(words.campaigns)}>
    {campaigns.length === 0 && <Quiet>{speak(words.noCampaigns)}</Quiet>}
    {campaigns.map(({ id, name, heldOn, status, invitation, attendance }) => (
      <Row key={id}>
        <span style={{ fontWeight: 500 }}>{name}</span>
        {heldOn !== '' && <Quiet>{atText(heldOn)}</Quiet>}
        {status && <Tag>{speak(status)}</Tag>}
        {invitation && <Tag tone="blue">{speak(invitation)}</Tag>}
        {attendance && <Tag tone="green">{speak(attendance)}</Tag>}
      </Row>
    ))}
  </Section>
)
