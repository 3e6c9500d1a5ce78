import { describe, expect, it } from 'vitest'
import { defaultPlaybook } from '../../../../../../schemas/playbook/default/index.ts'
import { drawnCalendar } from '../calendar/working.ts'
import { datesOf, planOf } from './plan.ts'

const calendar = drawnCalendar(defaultPlaybook.calendar)
if (!calendar) throw new Error('no calendar')
const title = { en: 'Do', zh: '做' }
const held = calendar.instantOf('2026-10-09', '14:00')
const begun = calendar.instantOf('2026-09-28', '09:00')

describe('the timeline of a campaign', () => {
  it('CAMP-S1: counts working days, over the National Day week and a moved Saturday', () => {
    const planned = planOf(
      {
        timeline: [
          { day: -2, role: 'RM', per: 'campaign', title },
          { day: 0, role: 'MARKETING', per: 'guest', at: '13:00', title },
        ],
        followUp: [{ when: 'CAME', day: 1, role: 'RM', title }],
      },
      calendar,
      held,
      begun,
    )
    expect(planned.map(({ date, kind }) => [date, kind])).toEqual([
      ['2026-09-30', 'task'],
      ['2026-10-09', 'guest'],
      ['2026-10-10', 'CAME'],
    ])
    expect(datesOf(planned, calendar, held)).toHaveLength(11)
  })

  it('CAMP-EVT: news is due by the hour from its beginning on, and holds for every template that comes with Ladder', () => {
    const [news] = planOf(
      { timeline: [{ day: 0, role: 'RM', per: 'campaign', hours: 2, title }], followUp: [] },
      calendar,
      held,
      begun,
    )
    expect(news?.due).toBe(calendar.instantOf('2026-09-28', '11:00'))
    for (const template of defaultPlaybook.campaigns)
      expect(planOf(template, calendar, held, begun)).toHaveLength(template.timeline.length + template.followUp.length)
  })
})
