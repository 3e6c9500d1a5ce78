import { type ReactNode, useState } from 'react'
import { data } from './data.ts'
import type { CustomerView, Language } from './kinds.ts'
import { Button, Choice, Fact, Facts, Quiet, Row, Section, type Speak, Tag, TextInput, toneOf } from './ui.tsx'
import { atText, dueText, words } from './words.ts'

/** TIER-CORP, TIER-CONTACT: the tier, why, and when it is looked at again. */
export const Tier = ({
  customer: { tier, why, since, nextRating, notice },
  speak,
  language,
}: {
  customer: CustomerView
  speak: Speak
  language: Language
}): ReactNode => (
  <Section title={speak(words.tier)} mark={tier && <Tag tone="blue">{speak(tier)}</Tag>}>
    <Facts>
      <Fact name={speak(words.tier)}>
        {tier ? speak(tier) : speak(words.noTier)} {since !== '' && <Quiet>{speak(words.since, { on: since })}</Quiet>}
      </Fact>
      <Fact name={speak(words.nextRating)} tone={toneOf(nextRating.nearness)}>
        {dueText(nextRating, language)}
      </Fact>
      {why !== '' && <Fact name={speak(words.why)}>{why}</Fact>}
    </Facts>
    {notice !== '' && <div style={{ color: 'var(--t-color-orange)', marginTop: 8 }}>{notice}</div>}
  </Section>
)

/** TIER-CONTACT, ESC-CADENCE: when the next contact is due; one click logs one or plans a visit. */
export const Contact = ({
  customer: { contact, lastContact, contactsPerYear, planned, isDoNotContact },
  speak,
  language,
  isBusy,
  soon,
  onLog,
  onPlan,
}: {
  customer: CustomerView
  speak: Speak
  language: Language
  isBusy: boolean
  /** When a visit is planned unless somebody says otherwise, as `datetime-local` has it. */
  soon: string
  onLog: (form: string, note: string) => void
  onPlan: (form: string, at: string) => void
}): ReactNode => {
  const [form, setForm] = useState('CALL')
  const [note, setNote] = useState('')
  const [at, setAt] = useState(soon)
  const forms = data.visitForms.map(({ code, label }) => ({ code, text: speak(label) }))
  const log = (): void => {
    onLog(form, note)
    setNote('')
  }
  return (
    <Section
      title={speak(words.contact)}
      mark={contact.nearness === 'overdue' && <Tag tone="red">{speak(words.overdue)}</Tag>}
    >
      <Facts>
        <Fact name={speak(words.contactDue)} tone={toneOf(contact.nearness)}>
          {dueText(contact, language)}
        </Fact>
        <Fact name={speak(words.lastContact)}>{lastContact || speak(words.noDate)}</Fact>
        {contactsPerYear !== undefined && (
          <Fact name={speak(words.contact)}>{speak(words.contactsPerYear, { count: contactsPerYear })}</Fact>
        )}
      </Facts>
      {isDoNotContact ? (
        <div style={{ color: 'var(--t-color-red)', marginTop: 8 }}>{speak(words.doNotContact)}</div>
      ) : (
        <>
          <Row>
            <Choice label={speak(words.form)} value={form} choices={forms} onChange={setForm} />
            <TextInput label={speak(words.note)} value={note} onChange={setNote} />
            <Button isBusy={isBusy} isMain onClick={log}>
              {speak(words.logContact)}
            </Button>
          </Row>
          <Row>
            <TextInput label={speak(words.when)} type="datetime-local" value={at} onChange={setAt} />
            <Button isBusy={isBusy || at === ''} onClick={() => onPlan(form === 'CALL' ? 'VISIT' : form, at)}>
              {speak(words.planVisit)}
            </Button>
          </Row>
        </>
      )}
      {planned.map(({ id, name, at: when }) => (
        <Row key={id}>
          <Tag>{speak(words.planned)}</Tag> {atText(when)} <Quiet>{name}</Quiet>
        </Row>
      ))}
    </Section>
  )
}
