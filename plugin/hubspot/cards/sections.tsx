import {
  Button,
  ButtonRow,
  Checkbox,
  DateInput,
  Flex,
  Input,
  StatusTag,
  StepIndicator,
  Text,
} from '@hubspot/ui-extensions'
import { type ReactNode, useState } from 'react'
import type { CampaignView, CustomerView, DevelopmentView, EscalationView } from '../../twenty/inside/kinds.ts'
import { atText, words } from '../../twenty/inside/words.ts'
import { DueTag, Quiet, type Reader, Section } from './ui.tsx'
import { words as own } from './words.ts'

interface Part {
  reader: Reader
  isBusy: boolean
}

/** TIER-CORP, TIER-CONTACT: the tier, why, when it is rated again, and a rating by what the record holds now. */
export const Tier = ({
  customer,
  reader,
  isBusy,
  onRate,
}: Part & { customer: CustomerView; onRate(): void }): ReactNode => {
  const { say, language } = reader
  const { tier, why, since, nextRating, notice, isDoNotContact } = customer
  return (
    <Section
      title={say(words.tier)}
      mark={<StatusTag variant="info">{tier ? say(tier) : say(words.noTier)}</StatusTag>}
    >
      {isDoNotContact && <Text format={{ fontWeight: 'demibold' }}>{say(words.doNotContact)}</Text>}
      {why !== '' && <Text>{`${say(words.why)}: ${why}`}</Text>}
      {since !== '' && <Quiet>{say(words.since, { on: since })}</Quiet>}
      <Flex direction="row" gap="small" align="center">
        <Text>{say(words.nextRating)}</Text>
        <DueTag due={nextRating} language={language} />
      </Flex>
      {notice !== '' && <Quiet>{notice}</Quiet>}
      <Button disabled={isBusy} onClick={onRate}>
        {say(words.rate)}
      </Button>
    </Section>
  )
}

/** TIER-CONTACT: the next contact, logged with one click or planned for a day. */
export const Contact = ({
  customer,
  reader,
  isBusy,
  tomorrow,
  onLog,
  onPlan,
}: Part & {
  customer: CustomerView
  /** ISO date. */
  tomorrow: string
  onLog(note: string): void
  onPlan(day: string): void
}): ReactNode => {
  const { say, language, timeZone } = reader
  const [note, setNote] = useState('')
  const [day, setDay] = useState(tomorrow)
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const { contact, contactsPerYear, lastContact, planned } = customer
  return (
    <Section title={say(words.contactDue)} mark={<DueTag due={contact} language={language} />}>
      {contactsPerYear !== undefined && <Quiet>{say(words.contactsPerYear, { count: contactsPerYear })}</Quiet>}
      {lastContact !== '' && <Quiet>{`${say(words.lastContact)}: ${lastContact}`}</Quiet>}
      {planned.map(({ id, name, at }) => (
        <Text key={id}>{`${say(words.planned)}: ${atText(at, timeZone)} ${name}`}</Text>
      ))}
      <Input name="note" label={say(words.note)} value={note} onInput={setNote} />
      <DateInput
        name="day"
        label={say(own.day)}
        value={{ year, month: month - 1, date }}
        onChange={(value) => {
          if (value)
            setDay(`${value.year}-${String(value.month + 1).padStart(2, '0')}-${String(value.date).padStart(2, '0')}`)
        }}
      />
      <ButtonRow>
        <Button
          variant="primary"
          disabled={isBusy}
          onClick={() => {
            onLog(note)
            setNote('')
          }}
        >
          {say(words.logContact)}
        </Button>
        <Button disabled={isBusy} onClick={() => onPlan(day)}>
          {say(words.planVisit)}
        </Button>
      </ButtonRow>
    </Section>
  )
}

/** DEV-A … DEV-H: all stages, what is missing for the next one, and this one's checklist to tick. */
export const Development = ({
  development,
  reader,
  isBusy,
  onTick,
  onMove,
}: Part & {
  development: DevelopmentView
  onTick(code: string, isDone: boolean): void
  onMove(stage: string): void
}): ReactNode => {
  const { say, language } = reader
  const { pipeline, stages, next, due, missing, checklist, completeness, notice, guidance, name } = development
  const title = [pipeline ? say(pipeline) : say(words.developments), name].filter(Boolean).join(' · ')
  const following = stages.find(({ code }) => code === next)
  return (
    <Section title={title} mark={<DueTag due={due} language={language} />}>
      <StepIndicator
        direction="vertical"
        circleSize="xs"
        variant="flush"
        currentStep={stages.findIndex(({ state }) => state === 'now')}
        stepNames={stages.map(({ label }) => say(label))}
      />
      {notice !== '' && <Text format={{ fontWeight: 'demibold' }}>{notice}</Text>}
      {completeness !== undefined && <Quiet>{say(words.completeness, { percent: completeness })}</Quiet>}
      <Text format={{ fontWeight: 'demibold' }}>{say(words.missing)}</Text>
      {missing.length === 0 ? (
        <Quiet>{say(words.nothingMissing)}</Quiet>
      ) : (
        missing.map((line) => <Text key={line}>{line}</Text>)
      )}
      {checklist.length > 0 && <Text format={{ fontWeight: 'demibold' }}>{say(words.checklist)}</Text>}
      {checklist.map(({ code, label, isDone }) => (
        <Checkbox
          key={code}
          name={code}
          checked={isDone}
          readOnly={isBusy}
          onChange={(checked) => onTick(code, checked)}
        >
          {say(label)}
        </Checkbox>
      ))}
      {guidance !== '' && <Quiet>{`${say(words.guidance)}: ${guidance}`}</Quiet>}
      {following && (
        <Button disabled={isBusy} onClick={() => onMove(following.code)}>
          {say(words.moveOn, { stage: say(following.label) })}
        </Button>
      )}
    </Section>
  )
}

/** ESC-LADDER: what waits for an answer. */
export const Escalations = ({
  escalations,
  reader,
  isBusy,
  onAcknowledge,
  onResolve,
}: Part & {
  escalations: readonly EscalationView[]
  onAcknowledge(key: string): void
  onResolve(key: string, resolution: string): void
}): ReactNode => {
  const [said, setSaid] = useState<Record<string, string>>({})
  const { say, timeZone } = reader
  return (
    <Section title={say(words.escalations)}>
      {escalations.length === 0 && <Quiet>{say(words.noEscalations)}</Quiet>}
      {escalations.map(({ id, cause, statusLabel, level, role, climbsAt, isLate, detail, canAcknowledge }) => (
        <Flex key={id} direction="column" gap="extra-small">
          <Flex direction="row" gap="small" align="center" wrap>
            <StatusTag variant={isLate ? 'danger' : canAcknowledge ? 'warning' : 'default'}>
              {[cause && say(cause), statusLabel && say(statusLabel)].filter(Boolean).join(' · ')}
            </StatusTag>
            <Text>{[say(words.level, { level }), role && say(role)].filter(Boolean).join(' · ')}</Text>
          </Flex>
          {detail !== '' && <Text>{detail}</Text>}
          {climbsAt !== '' && <Quiet>{say(words.climbs, { at: atText(climbsAt, timeZone) })}</Quiet>}
          <Input
            name={`resolution-${id}`}
            label={say(words.resolution)}
            value={said[id] ?? ''}
            onInput={(text) => setSaid({ ...said, [id]: text })}
          />
          <ButtonRow>
            {canAcknowledge && (
              <Button disabled={isBusy} onClick={() => onAcknowledge(id)}>
                {say(words.acknowledge)}
              </Button>
            )}
            <Button disabled={isBusy} onClick={() => onResolve(id, said[id] ?? '')}>
              {say(words.resolve)}
            </Button>
          </ButtonRow>
        </Flex>
      ))}
    </Section>
  )
}

/** CAMP: the campaigns that this customer is a guest of. */
export const Campaigns = ({ campaigns, reader }: { campaigns: readonly CampaignView[]; reader: Reader }): ReactNode => {
  const { say, timeZone } = reader
  return (
    <Section title={say(words.campaigns)}>
      {campaigns.length === 0 && <Quiet>{say(words.noCampaigns)}</Quiet>}
      {campaigns.map(({ id, name, heldOn, status, invitation, attendance }) => {
        const marks = [status, invitation, attendance].flatMap((label) => (label ? [say(label)] : []))
        return <Text key={id}>{[atText(heldOn, timeZone), name, ...marks].filter(Boolean).join(' · ')}</Text>
      })}
    </Section>
  )
}
