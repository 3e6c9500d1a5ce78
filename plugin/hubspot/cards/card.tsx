import { Alert, Button, Divider, Flex, LoadingSpinner } from '@hubspot/ui-extensions'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import type { Label } from '../../../schemas/model/define.ts'
import type { PageRows } from '../../twenty/inside/kinds.ts'
import { pageOf } from '../../twenty/inside/page.ts'
import { dayOf, words } from '../../twenty/inside/words.ts'
import type { CardRecord, Ladder } from './ladder.ts'
import { Campaigns, Contact, Development, Escalations, Tier } from './sections.tsx'
import { type Context, morningOf, Quiet, readerOf } from './ui.tsx'
import { words as own } from './words.ts'

export interface CardContext extends Context {
  crm: { objectId: number | string; objectTypeId: string }
}

interface Said {
  text: string
  variant: 'success' | 'warning' | 'danger'
}

const DAY_MS = 86_400_000
/** HubSpot's own types of customers. */
const CUSTOMER_TYPES = { company: '0-2', person: '0-1' } as const
/** The customer of whatever record the card is on. */
const customerOf = ({ customer, customerObject }: PageRows): CardRecord => ({
  objectType: CUSTOMER_TYPES[customerObject],
  objectId: String(customer?.['id'] ?? ''),
})
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The Ladder card on a record: tier, contact, escalations, developments and campaigns, with what can be done on the spot. */
export const LadderCard = ({
  context,
  ladder,
  developmentType,
  now = () => new Date(),
}: {
  context: CardContext
  ladder: Ladder
  /** HubSpot's type of developments: deals, or Ladder's own object by its name. */
  developmentType: string
  now?: () => Date
}): ReactNode => {
  const reader = readerOf(context)
  const { say, timeZone } = reader
  const record: CardRecord = { objectType: context.crm.objectTypeId, objectId: context.crm.objectId }
  const { objectType, objectId } = record
  const [rows, setRows] = useState<PageRows | undefined>(undefined)
  const [said, setSaid] = useState<Said | undefined>(undefined)
  const [isBusy, setBusy] = useState(false)

  const read = useCallback(async (): Promise<void> => {
    try {
      setRows(await ladder.show({ objectType, objectId }))
    } catch (error) {
      setSaid({ text: say(own.unreachable, { reason: reasonOf(error) }), variant: 'danger' })
    }
    // who reads, and so the language, doesn't change while a card is open
  }, [ladder, objectType, objectId])

  useEffect(() => {
    void read()
  }, [read])

  const act = async (name: string, inputs: Record<string, string>, done: Label, on?: CardRecord): Promise<void> => {
    setBusy(true)
    setSaid(undefined)
    try {
      const { outcome, reason } = await ladder.act(record, name, inputs, on)
      if (outcome === 'WAITS') setSaid({ text: say(own.waits), variant: 'warning' })
      else if (outcome === 'DONE' || outcome === 'ALREADY') setSaid({ text: say(done), variant: 'success' })
      else setSaid({ text: say(words.failed, { reason: reason || outcome }), variant: 'warning' })
    } catch (error) {
      setSaid({ text: say(words.failed, { reason: reasonOf(error) }), variant: 'danger' })
    }
    await read()
    setBusy(false)
  }

  const alert = said && <Alert title={said.text} variant={said.variant} />
  const again = (
    <Button size="xs" variant="transparent" disabled={isBusy} onClick={() => void read()}>
      {say(own.again)}
    </Button>
  )
  if (!rows)
    return (
      <Flex direction="column" gap="small">
        {alert ?? <LoadingSpinner label={say(words.loading)} showLabel />}
        {alert && again}
      </Flex>
    )
  const today = dayOf(now(), timeZone)
  const { customer, developments, escalations, campaigns } = pageOf(rows, now().toISOString(), today)
  const tomorrow = dayOf(new Date(now().getTime() + DAY_MS), timeZone)
  const developmentOf = (id: string): CardRecord => ({ objectType: developmentType, objectId: id })
  // what is done of a customer from its one development is known to be about that
  const about = developments.length === 1 && developments[0] ? developmentOf(developments[0].id) : undefined
  return (
    <Flex direction="column" gap="small">
      {alert}
      <Escalations
        escalations={escalations}
        reader={reader}
        isBusy={isBusy}
        onAcknowledge={(key) => void act('acknowledge', { escalation: key }, words.acknowledged)}
        onResolve={(key, resolution) => void act('resolve', { escalation: key, resolution }, words.resolved)}
      />
      <Divider />
      {customer && (
        <>
          <Contact
            customer={customer}
            reader={reader}
            isBusy={isBusy}
            tomorrow={tomorrow}
            onLog={(note) => void act('log-contact', { form: 'CALL', record: note }, words.logged, about)}
            onPlan={(day) => void act('visit-plan', { plannedAt: morningOf(day, timeZone) }, words.planned, about)}
          />
          <Divider />
          <Tier
            customer={customer}
            reader={reader}
            isBusy={isBusy}
            onRate={() => void act('rate', {}, own.rated, customerOf(rows))}
          />
          <Divider />
        </>
      )}
      {developments.length === 0 && <Quiet>{say(words.noDevelopment)}</Quiet>}
      {developments.map((development) => (
        <Development
          key={development.id}
          development={development}
          reader={reader}
          isBusy={isBusy}
          onTick={(item, isDone) =>
            void act('tick', { item, done: String(isDone) }, words.signedOff, developmentOf(development.id))
          }
          onMove={(stage) => void act('move', { stage }, words.moved, developmentOf(development.id))}
        />
      ))}
      <Divider />
      <Campaigns campaigns={campaigns} reader={reader} />
      {again}
    </Flex>
  )
}
