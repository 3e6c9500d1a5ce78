import { type ReactNode, useState } from 'react'
import type { EscalationView } from './kinds.ts'
import { Button, Quiet, Row, Section, type Speak, Tag, TextInput } from './ui.tsx'
import { atText, words } from './words.ts'

const One = ({
  escalation,
  speak,
  isBusy,
  onAcknowledge,
  onResolve,
}: {
  escalation: EscalationView
  speak: Speak
  isBusy: boolean
  onAcknowledge: () => void
  onResolve: (resolution: string) => void
}): ReactNode => {
  const [resolution, setResolution] = useState('')
  const { name, cause, statusLabel, level, role, climbsAt, isLate, detail, canAcknowledge } = escalation
  return (
    <div style={{ borderTop: '1px solid var(--t-border-color-light)', padding: '6px 0' }}>
      <Row>
        <Tag tone="red">{speak(words.level, { level })}</Tag>
        <strong style={{ fontWeight: 500 }}>{cause ? speak(cause) : name}</strong>
        {statusLabel && <Tag tone={canAcknowledge ? 'orange' : 'green'}>{speak(statusLabel)}</Tag>}
        {role && <Quiet>{speak(role)}</Quiet>}
        {climbsAt !== '' && <Tag tone={isLate ? 'red' : 'plain'}>{speak(words.climbs, { at: atText(climbsAt) })}</Tag>}
      </Row>
      {detail !== '' && <div style={{ whiteSpace: 'pre-line' }}>{detail}</div>}
      <Row>
        {canAcknowledge && (
          <Button isBusy={isBusy} isMain onClick={onAcknowledge}>
            {speak(words.acknowledge)}
          </Button>
        )}
        <TextInput label={speak(words.resolution)} value={resolution} onChange={setResolution} />
        <Button isBusy={isBusy} onClick={() => onResolve(resolution)}>
          {speak(words.resolve)}
        </Button>
      </Row>
    </div>
  )
}

/** ESC-LADDER: what waits for an answer; acknowledging stops the clock, resolving closes. */
export const Escalations = ({
  escalations,
  speak,
  isBusy,
  onAcknowledge,
  onResolve,
}: {
  escalations: readonly EscalationView[]
  speak: Speak
  isBusy: boolean
  onAcknowledge: (id: string) => void
  onResolve: (id: string, resolution: string) => void
}): ReactNode => (
  <Section
    title={speak(words.escalations)}
    mark={escalations.length > 0 && <Tag tone="red">{String(escalations.length)}</Tag>}
  >
    {escalations.length === 0 && <Quiet>{speak(words.noEscalations)}</Quiet>}
    {escalations.map((escalation) => (
      <One
        key={escalation.id}
        escalation={escalation}
        speak={speak}
        isBusy={isBusy}
        onAcknowledge={() => onAcknowledge(escalation.id)}
        onResolve={(resolution) => onResolve(escalation.id, resolution)}
      />
    ))}
  </Section>
)
