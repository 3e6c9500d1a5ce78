import type { ReactNode } from 'react'
import type { Calendar } from '../../../../../../schemas/playbook/index.ts'
import type { WorkingCalendar } from '../../../../../method/calendar/index.ts'
import { useLanguage } from '../../../parts/language.tsx'
import { dayText } from '../calendar/day-text.ts'
import { clockText, dayKind, minutesOf } from '../calendar/working.ts'
import type { DrawnDay } from './climb.ts'
import { texts } from './texts.ts'

const DAY = 1440

/** Days as lines of 24 hours: working time shaded, whose time runs as bars, who is told as dots. */
export const Drawing = ({
  days,
  calendar,
  source,
}: {
  days: readonly DrawnDay[]
  calendar: WorkingCalendar
  source: Calendar
}): ReactNode => {
  const { say, language } = useLanguage()
  const frames = source.hours.map(({ from, to }) => ({
    from: minutesOf(from),
    to: to === '00:00' ? DAY : minutesOf(to),
  }))
  return (
    <figure className="climb" aria-hidden="true">
      <div className="hours">
        <span />
        <div>
          {[0, 6, 12, 18, 24].map((hour) => (
            <span key={hour}>{hour}</span>
          ))}
        </div>
      </div>
      {days.map(({ date, spans, told }) => {
        const kind = dayKind(calendar, source, date)
        return (
          <div key={date} className={`climb-day ${kind}`}>
            <span className="climb-date">
              {dayText(date, language)}
              {(kind === 'movedWork' || kind === 'holiday') && <em> {say(texts[kind])}</em>}
            </span>
            <svg viewBox={`0 0 ${DAY} 30`} preserveAspectRatio="none">
              {calendar.isWorkday(date) &&
                frames.map(({ from, to }) => (
                  <rect key={from} className="frame" x={from} y={0} width={to - from} height={30} />
                ))}
              {spans.flatMap(({ level, from, to, isAgain }) =>
                frames.flatMap((frame) => {
                  const [start, end] = [Math.max(from, frame.from), Math.min(to, frame.to)]
                  return end > start && calendar.isWorkday(date)
                    ? [
                        <rect
                          key={`${level} ${start}`}
                          className={`run level-${Math.min(level, 5)}${isAgain ? ' again' : ''}`}
                          x={start}
                          y={9}
                          width={end - start}
                          height={12}
                        />,
                      ]
                    : []
                }),
              )}
            </svg>
            {told.map(({ level, at, isAgain }) => (
              <span
                key={`${level} ${at}`}
                className={`dot level-${Math.min(level, 5)}${isAgain ? ' again' : ''}`}
                style={{ insetInlineStart: `${(at / DAY) * 100}%` }}
                title={clockText(at)}
              >
                {level}
              </span>
            ))}
          </div>
        )
      })}
    </figure>
  )
}
