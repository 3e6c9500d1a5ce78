import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react'
import { useLocale } from 'twenty-sdk/front-component'
import { healthOf, type HealthView } from './health.ts'
import { reasonOf, twenty } from './twenty.ts'
import { Button, Fact, Facts, Page, Quiet, Row, Section, type Speak, speakerOf, Tag } from './ui.tsx'
import { atText, words } from './words.ts'

const TONES = { well: 'green', troubled: 'orange', silent: 'red' } as const
const SAYS = { well: 'healthy', troubled: 'troubled', silent: 'notConnected' } as const

export const Health = ({
  health: { state, reason, url, facts },
  speak,
}: {
  health: HealthView
  speak: Speak
}): ReactNode => (
  <>
    <Row>
      <Tag tone={TONES[state]}>{speak(words[SAYS[state]])}</Tag>
      <Quiet>{url}</Quiet>
    </Row>
    {state === 'silent' && (
      <>
        <div style={{ color: 'var(--t-color-red)' }}>{reason}</div>
        <div>{speak(words.notConnectedHelp)}</div>
      </>
    )}
    <Facts>
      {facts.map(({ word, value, isBad }) => (
        <Fact key={`${word} ${value}`} name={speak(words[word])} tone={isBad ? 'red' : 'plain'}>
          {value || speak(words.never)}
        </Fact>
      ))}
    </Facts>
  </>
)

/** The settings page: whether Ladder is connected and well. */
export const Settings = (): ReactNode => {
  const locale = useLocale()
  const speak: Speak = useMemo(() => speakerOf(locale), [locale])
  const client = useMemo(() => twenty(), [])
  const [health, setHealth] = useState<HealthView | undefined>(undefined)
  const look = useCallback(async (): Promise<void> => {
    setHealth(undefined)
    const answer = await client
      .call('/ladder/ask', { ask: 'status' })
      .catch((error: unknown) => ({ ok: false, reason: reasonOf(error) }))
    setHealth(healthOf(answer, (iso) => atText(iso)))
  }, [client])
  useEffect(() => {
    void look()
  }, [look])
  return (
    <Page>
      <Section title={speak(words.settings)} mark={<Button onClick={() => void look()}>{speak(words.refresh)}</Button>}>
        {health ? <Health health={health} speak={speak} /> : <Quiet>{speak(words.loading)}</Quiet>}
      </Section>
    </Page>
  )
}
