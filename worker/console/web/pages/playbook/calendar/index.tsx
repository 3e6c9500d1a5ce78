import Alert from 'antd/es/alert'
import Button from 'antd/es/button'
import { type ReactNode, useMemo, useState } from 'react'
import { useLanguage } from '../../../parts/language.tsx'
import { today, useDraft } from '../draft/use-draft.tsx'
import { Section } from '../form/section.tsx'
import { texts } from './texts.ts'
import { dayKind, drawnCalendar } from './working.ts'

const MONTHS = Array.from({ length: 12 }, (_, month) => month)

/** Dates of a month, with blanks before the first so that weeks begin on Monday. */
const weeksOf = (year: number, month: number): (string | null)[] => {
  const first = new Date(Date.UTC(year, month, 1))
  const blanks = ((first.getUTCDay() || 7) - 1) % 7
  const count = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return [
    ...Array.from({ length: blanks }, () => null),
    ...Array.from({ length: count }, (_, day) => new Date(Date.UTC(year, month, day + 1)).toISOString().slice(0, 10)),
  ]
}

/** A year of working days: what the country moves, and what the bank sets itself. */
const Year = (): ReactNode => {
  const { say, language } = useLanguage()
  const { playbook, mayEdit, set } = useDraft()
  const source = playbook.calendar
  const [year, setYear] = useState(() => Number(today().slice(0, 4)))
  const calendar = useMemo(() => drawnCalendar(source), [source])
  if (!calendar) return <Alert type="error" showIcon title={say(texts.unreadable)} />
  const own = new Map(source.days.map(({ on, work }) => [on, work]))
  const turn = (date: string): void => {
    const others = source.days.filter(({ on }) => on !== date)
    const next = own.has(date) ? others : [...others, { on: date, work: !calendar.isWorkday(date) }]
    set(
      ['calendar', 'days'],
      next.toSorted((a, b) => (a.on < b.on ? -1 : 1)),
    )
  }
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB'
  return (
    <section className="card stack" aria-labelledby="year">
      <div className="row between">
        <h2 id="year">
          {say(texts.year)} {year}
        </h2>
        <div className="row">
          <Button onClick={() => setYear((now) => now - 1)} title={say(texts.earlier)}>
            ‹ {year - 1}
          </Button>
          <Button onClick={() => setYear((now) => now + 1)} title={say(texts.later)}>
            {year + 1} ›
          </Button>
        </div>
      </div>
      {source.country !== 'NONE' && `${year}-12-31` > source.coveredUntil && (
        <Alert
          type="warning"
          showIcon
          title={say({ en: texts.uncertain.en(source.coveredUntil), zh: texts.uncertain.zh(source.coveredUntil) })}
        />
      )}
      {mayEdit && <p className="soft">{say(texts.how)}</p>}
      <div className="months">
        {MONTHS.map((month) => {
          const dates = weeksOf(year, month)
          const count = dates.filter((date) => date !== null && calendar.isWorkday(date)).length
          return (
            <section
              key={month}
              aria-label={new Date(Date.UTC(year, month, 1)).toLocaleDateString(locale, {
                timeZone: 'UTC',
                year: 'numeric',
                month: 'long',
              })}
            >
              <h3>
                {new Date(Date.UTC(year, month, 1)).toLocaleDateString(locale, { timeZone: 'UTC', month: 'long' })}{' '}
                <span className="soft">{say({ en: texts.days.en(count), zh: texts.days.zh(count) })}</span>
              </h3>
              <div className="month">
                {dates.map((date, index) => {
                  if (date === null) return <span key={index} />
                  const kind = dayKind(calendar, source, date)
                  const name = `${Number(date.slice(8))}, ${date}: ${say(texts[kind])}${own.has(date) ? `, ${say(texts.own)}` : ''}`
                  return (
                    <button
                      key={date}
                      type="button"
                      title={name}
                      aria-label={name}
                      aria-pressed={own.has(date)}
                      disabled={!mayEdit}
                      className={`day ${kind}${own.has(date) ? ' own' : ''}`}
                      onClick={() => turn(date)}
                    >
                      {Number(date.slice(8))}
                    </button>
                  )
                })}
              </div>
            </section>
          )
        })}
      </div>
      <ul className="row plain legend">
        {(['work', 'free', 'movedWork', 'holiday'] as const).map((kind) => (
          <li key={kind}>
            <span className={`day ${kind}`}>1</span> {say(texts[kind])}
          </li>
        ))}
        <li>
          <span className="day own">1</span> {say(texts.own)}
        </li>
      </ul>
    </section>
  )
}

/** Working time: the year, hours, weekdays, zone, and days that the bank sets itself. */
export const CalendarPage = (): ReactNode => (
  <div className="stack">
    <Year />
    <Section name="calendar" title={texts.form} />
  </div>
)
