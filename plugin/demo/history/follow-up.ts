import type { Row } from '../crm/index.ts'
import { randomOf } from '../random.ts'
import { type Day, edit } from './day.ts'

/** A number from 0 to 99 that stays the same for a record: who deals with it doesn't change from day to day. */
const temperOf = ({ id }: Row): number => randomOf(0).of(id).int(0, 99)

/** People answer escalations: most are acknowledged and resolved in time, some are left to climb (ESC-LADDER). */
export const answerEscalations = async (day: Day): Promise<void> => {
  for (const row of await day.world.crm.list('escalation', { status: ['OPEN', 'ACKNOWLEDGED'] })) {
    const random = day.random.of(row.id)
    const temper = temperOf(row)
    if (temper < 35) continue
    const { status } = row.fields
    if (status === 'OPEN' && random.chance(0.3))
      edit(day, 'escalation', { id: row.id, fields: { status: 'ACKNOWLEDGED' } })
    else if (status === 'ACKNOWLEDGED' && temper > 50 && random.chance(0.3))
      edit(day, 'escalation', {
        id: row.id,
        fields: { status: 'RESOLVED', resolution: '已与客户面谈，明确资金去向，约定后续安排。' },
      })
  }
}

/** People close tasks: contacts are made, work for campaigns is done. Some stay open past their day. */
export const closeTasks = async (day: Day): Promise<void> => {
  const { world, at } = day
  for (const row of await world.crm.list('task', { status: ['TODO'] })) {
    if (temperOf(row) < 15) continue
    const due = Date.parse(String(row.fields.dueAt))
    const chance = { CONTACT: 0.12, CAMPAIGN: due < at + 2 * 86_400_000 ? 0.6 : 0, CONTROL: 0.1 }[
      String(row.fields.ladderKind)
    ]
    if (chance !== undefined && day.random.of(row.id).chance(chance))
      edit(day, 'task', { id: row.id, fields: { status: 'DONE' } })
  }
}
