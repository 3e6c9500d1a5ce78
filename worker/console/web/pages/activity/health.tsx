import Alert from 'antd/es/alert'
import Button from 'antd/es/button'
import type { ReactNode } from 'react'
import { call } from '../../parts/api.ts'
import { numberText, timeText } from '../../parts/format.ts'
import { useLanguage } from '../../parts/language.tsx'
import { useNotice } from '../../parts/notice.tsx'
import { Shown } from '../../parts/page.tsx'
import { Go } from '../../parts/router.tsx'
import { useAccountPath, useUser } from '../../parts/session.tsx'
import { objectName } from '../../parts/field-name.tsx'
import { useData } from '../../parts/use-data.ts'
import { counterName } from './counters.ts'
import { texts } from './texts.ts'
import { Heads } from '../../parts/heads.tsx'

interface Status {
  crm: string
  lastEventAt: string | null
  inbox: { waiting: number; oldestSeconds: number }
  toRead: { waiting: number; faults: { object: string; fault: string }[] }
  parked: number
  overdueTimers: number
  subjects: number
  outbox: number
  deadLetters: number
  fault: { at: number; kind: string; message: string } | null
  budget: { day: string; used: number; limit: number; left: number } | null
  sweeps: { object: string; since: string; rounds: number; fault: string }[]
  counters: Record<string, number>
  playbook: number
  coveredUntil: string | null
}

const Fact = ({ name, value, isBad }: { name: string; value: ReactNode; isBad?: boolean }): ReactNode => (
  <div>
    <dt className="soft">{name}</dt>
    <dd className={isBad ? 'bad fact' : 'fact'}>{value}</dd>
  </div>
)

const Sweeps = ({ status, reload }: { status: Status; reload: () => void }): ReactNode => {
  const { say, language } = useLanguage()
  const tell = useNotice()
  const account = useAccountPath()
  const isAdmin = useUser().role === 'ADMIN'
  const sweep = async (ids: boolean): Promise<void> => {
    const answer = await call('POST', `${account}/sweep`, { ids })
    tell(answer.ok ? 'success' : 'error', answer.ok ? say(texts.sweeping) : say(answer.text))
    reload()
  }
  return (
    <section className="card stack" aria-labelledby="sweeps">
      <div className="row between">
        <div>
          <h2 id="sweeps">{say(texts.sweeps)}</h2>
          <p className="soft">{say(texts.sweepsAbout)}</p>
        </div>
        {isAdmin && (
          <div className="row">
            <Button onClick={() => void sweep(false)}>{say(texts.sweepNow)}</Button>
            <Button onClick={() => void sweep(true)}>{say(texts.sweepIds)}</Button>
          </div>
        )}
      </div>
      <p>
        {say(texts.found)}: <strong>{numberText(status.counters['sweep_found'] ?? 0, language)}</strong> ·{' '}
        <Go to="/activity/events?filter=sweep">{say(texts.seeFound)}</Go>
      </p>
      <div className="scroll" tabIndex={0}>
        <table className="figures list">
          <thead>
            <Heads of={(['object', 'since', 'rounds', 'state'] as const).map((name) => texts[name])} />
          </thead>
          <tbody>
            {status.sweeps.map(({ object, since, rounds, fault }) => (
              <tr key={object}>
                <td>{say(objectName(object))}</td>
                <td>{since.startsWith('1970') ? '–' : timeText(since, language)}</td>
                <td>{rounds}</td>
                <td className={fault ? 'bad' : ''}>{fault || say(texts.fine)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** How an account and its parts are: what waits, what failed, sweeps, the day's calls to the CRM. */
export const Health = (): ReactNode => {
  const { say, language } = useLanguage()
  const account = useAccountPath()
  const [status, again] = useData<Status>(`${account}/status`)
  return (
    <Shown of={status} again={again}>
      {(told) => (
        <div className="stack">
          {told.fault && (
            <Alert
              type="warning"
              showIcon
              title={`${say(texts.fault)}: ${told.fault.message}`}
              description={timeText(told.fault.at, language)}
            />
          )}
          {told.toRead.faults.map(({ object, fault }) => (
            <Alert key={object} type="warning" showIcon title={`${say(objectName(object))}: ${fault}`} />
          ))}
          <dl className="card facts">
            <Fact name={say(texts.crm)} value={told.crm} />
            <Fact name={say(texts.playbook)} value={`v${told.playbook}`} />
            <Fact
              name={say(texts.lastEvent)}
              value={told.lastEventAt ? timeText(told.lastEventAt, language) : say(texts.never)}
            />
            <Fact name={say(texts.inbox)} value={numberText(told.inbox.waiting + told.toRead.waiting, language)} />
            <Fact name={say(texts.outbox)} value={numberText(told.outbox, language)} />
            <Fact name={say(texts.letters)} value={told.deadLetters} isBad={told.deadLetters > 0} />
            <Fact name={say(texts.overdue)} value={told.overdueTimers} isBad={told.overdueTimers > 0} />
            <Fact name={say(texts.parked)} value={told.parked} />
            <Fact name={say(texts.subjects)} value={numberText(told.subjects, language)} />
            <Fact name={say(texts.covered)} value={told.coveredUntil ?? '–'} />
            <Fact
              name={say(texts.budget)}
              value={
                told.budget
                  ? `${numberText(told.budget.used, language)} / ${numberText(told.budget.limit, language)}`
                  : say(texts.noBudget)
              }
            />
          </dl>
          <Sweeps status={told} reload={again} />
          <section className="card" aria-labelledby="counters">
            <h2 id="counters">{say(texts.counters)}</h2>
            <dl className="facts">
              {Object.entries(told.counters).map(([name, count]) => (
                <Fact key={name} name={say(counterName(name))} value={numberText(count, language)} />
              ))}
            </dl>
          </section>
        </div>
      )}
    </Shown>
  )
}
