import Select from 'antd/es/select'
import { type ReactNode, useId, useMemo, useState } from 'react'
import { escalation } from '../../../../../../schemas/model/escalation.ts'
import { CAUSES, type EscalationPolicy } from '../../../../../../schemas/playbook/index.ts'
import { calendarOf } from '../../../../../method/playbook/check-calendar.ts'
import { useLanguage } from '../../../parts/language.tsx'
import { nameOf } from '../../../parts/names.ts'
import { dayText } from '../calendar/day-text.ts'
import { clockText, drawnCalendar, localOf } from '../calendar/working.ts'
import { today, useDraft } from '../draft/use-draft.tsx'
import { Chooser, useChosen } from '../form/chooser.tsx'
import { Part } from '../form/form.tsx'
import { JsonPart } from '../form/json.tsx'
import { shapeOfItem } from '../form/section.tsx'
import { IssuesAt } from '../issues.tsx'
import { climb, daysOf } from './climb.ts'
import { Drawing } from './drawing.tsx'
import { holdersOf, isHeld } from './holders.ts'
import { texts } from './texts.ts'

const CAUSE_NAMES = new Map(
  escalation.fields.find(({ name }) => name === 'cause')?.options?.map(({ code, label }) => [code, label]),
)

/** The first cause that a ladder's cell names, for an example of what people read. */
const causeOf = ({ causes }: EscalationPolicy): string =>
  CAUSES.find((cause) => causes.includes(`"${cause}"`) || causes.includes(`"${cause.replace('_', '-')}"`)) ?? CAUSES[0]

const Silence = ({ policy }: { policy: EscalationPolicy }): ReactNode => {
  const { say, language } = useLanguage()
  const { playbook } = useDraft()
  const [start, setStart] = useState(() => `${today()}T16:30`)
  const [branch, setBranch] = useState('')
  const id = useId()
  const source = useMemo(() => (branch === '' ? playbook.calendar : calendarOf(playbook, branch)), [playbook, branch])
  const calendar = useMemo(() => drawnCalendar(source), [source])
  const [date = '', clock = '00:00'] = start.split('T')
  const steps = useMemo(
    () =>
      calendar && /^\d{4}-\d\d-\d\d$/.test(date)
        ? climb(policy.levels, calendar, calendar.instantOf(date, clock), (role) => isHeld(playbook, role, branch))
        : [],
    [calendar, policy.levels, date, clock, playbook, branch],
  )
  const days = useMemo(() => (calendar ? daysOf(steps, calendar) : []), [steps, calendar])
  const unheld = policy.levels.map(({ role }) => role).filter((role) => !isHeld(playbook, role, branch))
  const momentText = (instant: number): string => {
    if (!calendar) return ''
    const at = localOf(calendar, instant)
    return `${dayText(at.date, language)} ${clockText(at.minutes)}`
  }
  const holders = (role: string): string => holdersOf(playbook, role, branch).join(', ')
  return (
    <section className="card stack" aria-labelledby={id}>
      <h2 id={id}>{say(texts.silence)}</h2>
      <div className="row">
        <label className="field">
          <span>{say(texts.start)}</span>
          <input
            className="input"
            type="datetime-local"
            value={start}
            onChange={({ target }) => setStart(target.value)}
          />
        </label>
        {playbook.branches.length > 0 && (
          <label className="field">
            <span>{say(texts.calendarOf)}</span>
            <Select
              aria-label={say(texts.calendarOf)}
              value={branch}
              onChange={setBranch}
              popupMatchSelectWidth={false}
              options={[
                { value: '', label: say(texts.bank) },
                ...playbook.branches.map(({ code, name }) => ({ value: code, label: `${code} · ${say(name)}` })),
              ]}
            />
          </label>
        )}
      </div>
      {calendar === null ? (
        <p className="bad">{say(texts.unreadable)}</p>
      ) : (
        <>
          <ol className="climb-steps">
            {steps.map(({ level, role, toldAt, climbsAt, isAgain }, index) => {
              const who = holders(role)
              return (
                <li key={index} className={`level-${Math.min(level, 5)}`}>
                  <strong>{momentText(toldAt)}</strong> {say({ en: texts.level.en(level), zh: texts.level.zh(level) })}:{' '}
                  {say(nameOf(role))}
                  {who !== '' && <span className="soft"> ({who})</span>} {say(isAgain ? texts.again : texts.told)}.{' '}
                  <span className="soft">
                    {say(texts.until)} {momentText(climbsAt)}
                  </span>
                </li>
              )
            })}
          </ol>
          <Drawing days={days} calendar={calendar} source={source} />
          <p className="soft">{say(texts.legend)}</p>
        </>
      )}
      {unheld.length > 0 && (
        <p>
          {say(texts.unheld)} {unheld.map((role) => say(nameOf(role))).join(', ')}
        </p>
      )}
      <p className="soft">
        {say(texts.read)}: “{say(CAUSE_NAMES.get(causeOf(policy)) ?? nameOf(causeOf(policy)))}: ⟨{say(texts.customer)}
        ⟩”
      </p>
    </section>
  )
}

/** Who is told at which level and after how long, and what becomes of silence. */
export const Ladders = (): ReactNode => {
  const { say } = useLanguage()
  const { playbook } = useDraft()
  const { escalations } = playbook
  const chosen = useChosen(escalations.map(({ id }) => id))
  const policy = escalations[chosen]
  if (!policy) return null
  return (
    <div className="stack">
      <Chooser
        page="ladders"
        part="escalations"
        label={say(texts.ladder)}
        chosen={chosen}
        options={escalations.map(({ id, name }) => ({ name: id, label: name }))}
      />
      <p className="soft">{say(texts.order)}</p>
      <IssuesAt path="escalations" />
      <Silence policy={policy} />
      <section className="card stack" aria-label={say(texts.forms)} key={chosen}>
        <h2>{say(texts.forms)}</h2>
        <Part shape={shapeOfItem('escalations')} path={['escalations', chosen]} label="" />
        <JsonPart path={['escalations', chosen]} />
      </section>
    </div>
  )
}
