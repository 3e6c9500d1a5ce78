import { type ReactNode, useMemo } from 'react'
import type { Fields } from '../../../../../schemas/events/index.ts'
import type { Standing, SubjectState } from '../../../../method/state.ts'
import { query } from '../../parts/api.ts'
import { moneyText, timeText } from '../../parts/format.ts'
import { useLanguage } from '../../parts/language.tsx'
import { useNames } from '../../parts/bank-names.tsx'
import { nameOf } from '../../parts/names.ts'
import { Page, Shown } from '../../parts/page.tsx'
import { useAccountPath } from '../../parts/session.tsx'
import { type Trace, Traces } from '../../parts/traces.tsx'
import { useData } from '../../parts/use-data.ts'
import { traceTexts } from '../../texts/traces.ts'
import { type Open, OpenEscalations } from './escalations.tsx'
import { texts } from './texts.ts'

interface Explained {
  ref: string
  state: SubjectState
  traces: Trace[]
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The customer's own record, as last seen. */
const fieldsOf = ({ ref, records }: SubjectState): Fields => {
  const [object = '', id = ''] = ref.split(':')
  return records[object]?.[id]?.fields ?? {}
}

const openOf = ({ escalations }: SubjectState): Open[] =>
  Object.values(escalations)
    .filter(({ status }) => status !== 'RESOLVED')
    .map(({ key, cause, level, levels, status, raisedAt, climbsAt, detail }) => ({
      key,
      cause,
      level,
      levels: levels.length,
      role: (levels[level - 1] ?? levels.at(-1))?.role ?? 'RM',
      status,
      raisedAt,
      climbsAt,
      detail,
    }))
    .sort((a, b) => b.level - a.level)

const Pair = ({ name, children }: { name: string; children: ReactNode }): ReactNode => (
  <div>
    <dt className="soft">{name}</dt>
    <dd className="fact">{children}</dd>
  </div>
)

const Tier = ({ scheme, standing }: { scheme: string; standing: Standing }): ReactNode => {
  const { say } = useLanguage()
  const { rating, proposed, nextRatingOn } = standing
  return (
    <div>
      {scheme && <h3>{scheme}</h3>}
      {rating ? (
        <dl className="facts">
          <Pair name={say(texts.tier)}>{say(nameOf(rating.tier))}</Pair>
          <Pair name={say(texts.since)}>{rating.effectiveOn}</Pair>
          {nextRatingOn && <Pair name={say(texts.nextRating)}>{nextRatingOn}</Pair>}
          {rating.contactsPerYear !== null && <Pair name={say(texts.contactsAYear)}>{rating.contactsPerYear}</Pair>}
          {rating.leads.length > 0 && (
            <Pair name={say(texts.leads)}>{rating.leads.map((role) => say(nameOf(role))).join(', ')}</Pair>
          )}
          <Pair name={say(texts.why)}>
            <span className="mono">
              {rating.row} · v{rating.playbook} · {say(traceTexts.inputs)}{' '}
              {Object.entries(rating.inputs)
                .map(([name, value]) => `${name} = ${String(value)}`)
                .join(', ')}
            </span>
          </Pair>
        </dl>
      ) : (
        <p className="soft">{say(texts.notRated)}</p>
      )}
      {proposed && (
        <p>
          {say(texts.proposed)}: <strong>{say(nameOf(proposed.tier))}</strong>
        </p>
      )}
    </div>
  )
}

const Developments = ({ state }: { state: SubjectState }): ReactNode => {
  const { say } = useLanguage()
  const names = useNames()
  const all = Object.entries(state.developments)
  if (all.length === 0) return <p className="soft">{say(texts.noDevelopments)}</p>
  return (
    <ul className="plain stack">
      {all.map(([id, { stage, since, due, notice }]) => {
        const fields = state.records['development']?.[id]?.fields ?? {}
        return (
          <li key={id}>
            <strong>{textOf(fields['name'])}</strong>
            <div>
              {say(texts.stage)} <strong>{say(names.of(stage))}</strong>{' '}
              <span className="soft">
                {since.slice(0, 10)}
                {due && ` · ${say(texts.stageDue)} ${due}`}
              </span>
            </div>
            {textOf(fields['missing']) && (
              <div className="lines">
                {say(texts.missing)}:{'\n'}
                {textOf(fields['missing'])}
              </div>
            )}
            {notice && <div className="bad">{notice}</div>}
          </li>
        )
      })}
    </ul>
  )
}

const Tasks = ({ state }: { state: SubjectState }): ReactNode => {
  const { say, language } = useLanguage()
  const titles = useMemo(
    () =>
      new Map(
        Object.values(state.records['task'] ?? {}).map(({ fields }) => [
          textOf(fields['ladderKey']),
          textOf(fields['title']),
        ]),
      ),
    [state],
  )
  const open = Object.entries(state.tasks)
    .filter(([, { status }]) => status === 'OPEN')
    .sort(([, a], [, b]) => a.due.localeCompare(b.due))
  if (open.length === 0) return <p className="soft">{say(texts.noTasks)}</p>
  return (
    <div className="scroll" tabIndex={0}>
      <table className="figures list">
        <thead>
          <tr>
            <th scope="col">{say(texts.task)}</th>
            <th scope="col">{say(texts.role)}</th>
            <th scope="col">{say(texts.stageDue)}</th>
          </tr>
        </thead>
        <tbody>
          {open.map(([key, { due, role }]) => (
            <tr key={key}>
              <td>{titles.get(key) || <span className="mono">{key.slice(state.ref.length + 1)}</span>}</td>
              <td>{role ? say(nameOf(role)) : ''}</td>
              <td>{timeText(due, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const Sections = ({ told, again }: { told: Explained; again: () => void }): ReactNode => {
  const { say, language } = useLanguage()
  const { state, traces } = told
  const fields = fieldsOf(state)
  const balance = state.balances.at(-1)
  const holdings = Object.entries(state.holdings).filter(([, { status }]) => status === 'OPEN')
  return (
    <div className="stack">
      <section className="card" aria-labelledby="escalations">
        <h2 id="escalations">{say(texts.escalations)}</h2>
        <OpenEscalations list={openOf(state)} onDone={again} />
      </section>
      <div className="grid">
        <section className="card stack" aria-labelledby="tier">
          <h2 id="tier">{say(texts.tierAndWhy)}</h2>
          <Tier scheme="" standing={state} />
          {textOf(fields['ladderTierWhy']) && <p>{textOf(fields['ladderTierWhy'])}</p>}
          {Object.entries(state.schemes ?? {}).map(([scheme, standing]) => (
            <Tier key={scheme} scheme={scheme} standing={standing} />
          ))}
        </section>
        <section className="card" aria-labelledby="contacts">
          <h2 id="contacts">{say(texts.contacts)}</h2>
          <dl className="facts">
            <Pair name={say(texts.due)}>{textOf(fields['ladderNextContactDue']) || '–'}</Pair>
            <Pair name={say(texts.contact)}>{textOf(fields['ladderLastContactOn']) || '–'}</Pair>
            <Pair name={say(texts.balance)}>{balance ? moneyText(balance.amount, language) : '–'}</Pair>
          </dl>
          {holdings.length > 0 && (
            <>
              <h3 className="gap">{say(texts.holdings)}</h3>
              <ul className="plain">
                {holdings.map(([id, { product, amount, maturesOn }]) => (
                  <li key={id}>
                    {product} {moneyText(amount, language)}
                    {maturesOn && (
                      <span className="soft">
                        {' '}
                        · {say(texts.matures)} {maturesOn}
                      </span>
                    )}
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
        <section className="card" aria-labelledby="developments">
          <h2 id="developments">{say(texts.developments)}</h2>
          <Developments state={state} />
        </section>
        <section className="card" aria-labelledby="tasks">
          <h2 id="tasks">{say(texts.tasks)}</h2>
          <Tasks state={state} />
        </section>
      </div>
      <section aria-labelledby="history">
        <h2 id="history">{say(texts.history)}</h2>
        <Traces traces={traces} />
      </section>
    </div>
  )
}

/** One customer: tier and why, contacts, stages, escalations, and what was decided on it. */
export const Customer = ({ record }: { record: string }): ReactNode => {
  const { say } = useLanguage()
  const account = useAccountPath()
  const [told, again] = useData<Explained>(`${account}/explain${query({ record, limit: 30 })}`)
  const fields = told.state === 'ready' ? fieldsOf(told.value.state) : {}
  const number = textOf(fields['ladderCustomerNo'])
  const name = [textOf(fields['name']) || record, number].filter(Boolean).join(' · ')
  if (told.state === 'failed' && told.fault.status === 404)
    return (
      <Page title={record}>
        <p className="card">{say(texts.notKnown)}</p>
      </Page>
    )
  return (
    <Page title={name}>
      <Shown of={told} again={again}>
        {(value) => <Sections told={value} again={again} />}
      </Shown>
    </Page>
  )
}
