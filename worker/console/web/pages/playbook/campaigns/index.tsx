import { type ReactNode, useMemo, useState } from 'react'
import type { CampaignTemplate } from '../../../../../../schemas/playbook/index.ts'
import { useLanguage } from '../../../parts/language.tsx'
import { nameOf } from '../../../parts/names.ts'
import { dayText } from '../calendar/day-text.ts'
import { clockText, drawnCalendar, localOf } from '../calendar/working.ts'
import { today, useDraft } from '../draft/use-draft.tsx'
import { Chooser, useChosen } from '../form/chooser.tsx'
import { Part } from '../form/form.tsx'
import { JsonPart } from '../form/json.tsx'
import { Section, shapeOfItem } from '../form/section.tsx'
import { datesOf, planOf, type Planned } from './plan.ts'
import { texts } from './texts.ts'

const inWeeks = (date: string, weeks: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + weeks * 7 * 86_400_000).toISOString().slice(0, 10)

const useOffset = (): ((day: number) => string) => {
  const { say } = useLanguage()
  return (day) => {
    if (day === 0) return say(texts.theDay)
    const how = day < 0 ? texts.before : texts.after
    return say({ en: how.en(Math.abs(day)), zh: how.zh(Math.abs(day)) })
  }
}

/** A template's work on the calendar, before, on and after the day that is chosen. */
const Timeline = ({ template }: { template: CampaignTemplate }): ReactNode => {
  const { say, language } = useLanguage()
  const { playbook } = useDraft()
  const offsetText = useOffset()
  const [heldOn, setHeldOn] = useState(() => `${inWeeks(today(), 6)}T14:00`)
  const calendar = useMemo(() => drawnCalendar(playbook.calendar), [playbook.calendar])
  const [date = '', clock = '00:00'] = heldOn.split('T')
  const isDate = /^\d{4}-\d\d-\d\d$/.test(date)
  const held = calendar && isDate ? calendar.instantOf(date, clock) : 0
  const begun = calendar ? calendar.instantOf(today(), '09:00') : 0
  const planned = useMemo(
    () => (calendar && isDate ? planOf(template, calendar, held, begun) : []),
    [template, calendar, isDate, held, begun],
  )
  if (!calendar) return <p className="bad">{say(texts.unreadable)}</p>
  const dates = datesOf(planned, calendar, held)
  const byDate = new Map<string, Planned[]>()
  for (const one of planned) byDate.set(one.date, [...(byDate.get(one.date) ?? []), one])
  const textOf = ({ title, role, kind, due, day }: Planned): ReactNode => (
    <>
      {clockText(localOf(calendar, due).minutes)} {say(title)}{' '}
      <span className="soft">
        {say(nameOf(role))}
        {kind !== 'task' && ` · ${say(texts[kind])}`} · {offsetText(day)}
        {due < begun && ` · ${say(texts.past)}`}
      </span>
    </>
  )
  return (
    <section className="card stack" aria-labelledby="timeline">
      <h2 id="timeline">{say(texts.timeline)}</h2>
      <div className="row">
        <label className="field">
          <span>{say(texts.heldOn)}</span>
          <input
            className="input"
            type="datetime-local"
            value={heldOn}
            onChange={({ target }) => setHeldOn(target.value)}
          />
        </label>
        <p className="soft">{say(texts.begun)}</p>
      </div>
      <div className="strip" aria-hidden="true">
        {dates.map((one) => {
          const work = byDate.get(one) ?? []
          const isHeld = one === date
          return (
            <div
              key={one}
              className={`strip-day${calendar.isWorkday(one) ? '' : ' free'}${isHeld ? ' held' : ''}`}
              title={`${dayText(one, language)}${work.map(({ title }) => `\n${say(title)}`).join('')}`}
            >
              {work.length > 0 && (
                <span className={work.some(({ due }) => due < begun) ? 'late' : ''}>{work.length}</span>
              )}
            </div>
          )
        })}
      </div>
      <p className="soft" aria-hidden="true">
        {dates[0] && dayText(dates[0], language)} – {dayText(dates.at(-1) ?? date, language)}. {say(texts.legend)}
      </p>
      <ol className="plain">
        {[...byDate].map(([one, work]) => (
          <li key={one}>
            <strong>{dayText(one, language)}</strong>
            <ul>
              {work.map((item, index) => (
                <li key={index}>{textOf(item)}</li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Campaign templates with their timeline; saved audiences, and what holds for all campaigns. */
export const Campaigns = (): ReactNode => {
  const { say } = useLanguage()
  const { playbook } = useDraft()
  const { campaigns } = playbook
  const chosen = useChosen(campaigns.map(({ code }) => code))
  const template = campaigns[chosen]
  return (
    <div className="stack">
      <Chooser
        page="campaigns"
        part="campaigns"
        label={say(texts.template)}
        chosen={chosen}
        options={campaigns.map(({ code, name }) => ({ name: code, label: name }))}
      />
      {template && (
        <>
          <Timeline template={template} />
          <section className="card stack" aria-label={say(texts.form)} key={chosen}>
            <h2>{say(texts.form)}</h2>
            <Part shape={shapeOfItem('campaigns')} path={['campaigns', chosen]} label="" />
            <JsonPart path={['campaigns', chosen]} />
          </section>
        </>
      )}
      <Section name="audiences" />
      <Section name="outreach" />
    </div>
  )
}
