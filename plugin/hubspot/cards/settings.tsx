import { Alert, Button, DescriptionList, DescriptionListItem, Flex, LoadingSpinner } from '@hubspot/ui-extensions'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { atText, words } from '../../twenty/inside/words.ts'
import type { Health, Ladder } from './ladder.ts'
import { type Context, readerOf } from './ui.tsx'
import { words as own } from './words.ts'

type Seen = { health: Health } | { reason: string } | undefined

/** The app's settings page: whether Ladder is connected and well. */
export const Settings = ({ context, ladder }: { context: Context; ladder: Ladder }): ReactNode => {
  const { say, timeZone } = readerOf(context)
  const [seen, setSeen] = useState<Seen>(undefined)
  const read = useCallback(async (): Promise<void> => {
    setSeen(undefined)
    try {
      setSeen({ health: await ladder.health() })
    } catch (error) {
      setSeen({ reason: error instanceof Error ? error.message : String(error) })
    }
  }, [ladder])
  useEffect(() => {
    void read()
  }, [read])
  if (!seen) return <LoadingSpinner label={say(words.loading)} showLabel />
  const again = <Button onClick={() => void read()}>{say(own.again)}</Button>
  if ('reason' in seen)
    return (
      <Flex direction="column" gap="small">
        <Alert title={say(own.unreachable, { reason: seen.reason })} variant="danger" />
        {again}
      </Flex>
    )
  const { connected, fault, lastEventAt, customers, waiting, deadLetters, callsLeft, journal, playbook, coveredUntil } =
    seen.health
  const heard = lastEventAt === null ? '' : atText(lastEventAt, timeZone)
  const lines: [string, string][] = [
    [say(own.customers), String(customers)],
    [say(own.lastEvent), heard || say(own.never)],
    [say(own.waiting), waiting === 0 ? say(own.allGone) : String(waiting)],
    [say(own.deadLetters), String(deadLetters)],
    ...(callsLeft === null ? [] : [[say(own.calls), String(callsLeft)] as [string, string]]),
    [say(own.journal), say(journal === 'on' ? own.on : own.off)],
    [say(own.playbook), String(playbook)],
    ...(coveredUntil === null ? [] : [[say(own.holidays), coveredUntil] as [string, string]]),
  ]
  return (
    <Flex direction="column" gap="small">
      {!connected && <Alert title={say(own.disconnected)} variant="danger" />}
      {connected && fault !== null && <Alert title={say(own.fault, { fault })} variant="warning" />}
      {connected && fault === null && (
        <Alert title={say(own.connected)} variant="success">
          {say(own.healthy)}
        </Alert>
      )}
      <DescriptionList direction="row">
        {lines.map(([label, value]) => (
          <DescriptionListItem key={label} label={label}>
            {value}
          </DescriptionListItem>
        ))}
      </DescriptionList>
      {again}
    </Flex>
  )
}
