import type { ReactNode } from 'react'
import { query } from '../../parts/api.ts'
import { numberText } from '../../parts/format.ts'
import { useLanguage } from '../../parts/language.tsx'
import { useNames } from '../../parts/bank-names.tsx'
import { Shown } from '../../parts/page.tsx'
import { Go } from '../../parts/router.tsx'
import { useAccountPath, useUser } from '../../parts/session.tsx'
import { useData } from '../../parts/use-data.ts'
import type { Rows } from './rows.ts'
import { texts } from './texts.ts'

interface Summary {
  customers: number
  tasks: { open: number; closed: number; byKind: Record<string, number> }
  escalations: { open: number; acknowledged: number; resolved: number }
  guests: number
}

/** What is to be done in the own branches or the own book, in one line. It is read from the customers, so only where these are few. */
export const Glance = ({ rows }: { rows: Rows }): ReactNode => {
  const { role } = useUser()
  return role === 'MANAGER' || role === 'RM' ? <Own rows={rows} isRm={role === 'RM'} /> : null
}

const Own = ({ rows, isRm }: { rows: Rows; isRm: boolean }): ReactNode => {
  const { say, language } = useLanguage()
  const { branches } = useUser()
  const names = useNames()
  const account = useAccountPath()
  const [told, again] = useData<Summary>(`${account}/summary`)
  const overdue = rows
    .heads('MEAS-CONT')
    .reduce((sum, tier) => sum + (rows.one('MEAS-CONT', `${tier}/OVERDUE`)?.now ?? 0), 0)
  const title = isRm
    ? say(texts.ownBook)
    : `${say(texts.ownBranches)}: ${branches.map((code) => say(names.branch(code))).join(', ')}`
  return (
    <section className="card" aria-labelledby="glance">
      <h2 id="glance">{title}</h2>
      <Shown of={told} again={again}>
        {({ customers, tasks, escalations, guests }) => (
          <dl className="facts">
            {(
              [
                ['customersAll', customers, '/customers'],
                ['tasksOpen', tasks.open, null],
                ['escalationsOpen', escalations.open, '/customers/escalations'],
                ['escalationsTaken', escalations.acknowledged, '/customers/escalations'],
                ['contactsOverdue', overdue, `/customers${query({ sort: 'due' })}`],
                ['guestsAll', guests, null],
              ] as const
            ).map(([name, count, to]) => (
              <div key={name}>
                <dt className="soft">{say(texts[name])}</dt>
                <dd className="fact">
                  {to !== null && count > 0 ? (
                    <Go to={to}>{numberText(count, language)}</Go>
                  ) : (
                    numberText(count, language)
                  )}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </Shown>
    </section>
  )
}
