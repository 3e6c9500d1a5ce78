import { type ReactNode, useMemo } from 'react'
import { traceTexts as texts } from '../texts/traces.ts'
import { timeText } from './format.ts'
import { useLanguage } from './language.tsx'
import { nameOf } from './names.ts'
import { FieldName, objectName } from './field-name.tsx'
import { Go } from './router.tsx'
import { useUser } from './session.tsx'

/** Why Ladder decided something: event, playbook version, rule, table row, inputs. */
export interface Why {
  event?: string
  playbook: number
  rule: string
  row?: string
  inputs?: Record<string, unknown>
  text?: string
}

/** Where a write stands in the CRM, as the API tells a trace. */
export interface Written {
  state: 'DONE' | 'WAITING' | 'FAILED' | 'DEAD' | 'NO_PLACE'
  reason: string
  recordId: string | null
  link: string | null
}

export interface Decided {
  do: string
  object?: string
  key?: string
  id?: string
  fields?: Record<string, unknown>
  why: Why
  /** Left out where it isn't asked for. */
  written?: Written | null
}

type Values = Record<string, unknown>

interface Came {
  type: string
  id: string
  via?: string
  /** When it happened, where that is no record's. */
  at?: string
  customerNo?: string
  record?: { object?: string; id?: string; at?: string; fields?: Values; deleted?: boolean }
  data?: { kind?: string } & Values
}

export interface Trace {
  at: number
  event: Came
  decisions: Decided[]
  link?: string | null
  before?: Values | null
}

const valueText = (value: unknown): string =>
  value === null || value === undefined || value === ''
    ? '–'
    : typeof value === 'string'
      ? value
      : JSON.stringify(value)

const inputText = (inputs: Values): string =>
  Object.entries(inputs)
    .map(([name, value]) => `${name} = ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')

export const WhyText = ({ why }: { why: Why }): ReactNode => {
  const { say } = useLanguage()
  return (
    <>
      {why.text && <div>{why.text}</div>}
      <div className="soft">
        {say(texts.rule)} {why.rule}
        {why.row && ` · ${say(texts.row)} ${why.row}`} · {say(texts.version)} v{why.playbook}
        {why.inputs && Object.keys(why.inputs).length > 0 && (
          <>
            {' '}
            · {say(texts.inputs)} <span className="mono">{inputText(why.inputs)}</span>
          </>
        )}
      </div>
    </>
  )
}

const Out = ({ to, children }: { to: string; children: ReactNode }): ReactNode => (
  <a href={to} target="_blank" rel="noreferrer">
    {children}
  </a>
)

const LOOKS: Record<Written['state'], string> = { DONE: 'good', WAITING: '', FAILED: 'bad', DEAD: 'bad', NO_PLACE: '' }

const Outcome = ({ written, target }: { written: Written; target: string }): ReactNode => {
  const { say } = useLanguage()
  const { role } = useUser()
  const { state, reason, link } = written
  return (
    <span className="row tight">
      <span className={`tag ${LOOKS[state]}`}>{say(texts[state])}</span>
      {link && <Out to={link}>{say(texts.inCrm)}</Out>}
      {state === 'DEAD' && ['ADMIN', 'AUDITOR'].includes(role) && (
        <Go to={`/activity/letters?target=${encodeURIComponent(target)}`}>{say(texts.letter)}</Go>
      )}
      {reason !== '' && <span className="bad">{reason}</span>}
    </span>
  )
}

const Fields = ({ of, object }: { of: Values; object?: string | undefined }): ReactNode => {
  const { say } = useLanguage()
  return (
    <table className="figures list">
      <caption className="soft">{say(texts.money)}</caption>
      <tbody>
        {Object.entries(of).map(([name, value]) => (
          <tr key={name}>
            <th scope="row">
              <FieldName object={object} name={name} />
            </th>
            <td>{valueText(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const WrittenOf = ({ decision }: { decision: Decided }): ReactNode => {
  const { say } = useLanguage()
  const { object, key, id, fields, written } = decision
  if (!object) return <span className="soft">{say(texts.nothingWritten)}</span>
  const target = key ?? id ?? ''
  return (
    <div className="stack tight">
      {written && <Outcome written={written} target={target} />}
      <details>
        <summary>
          {say(texts[decision.do === 'upsert' ? 'upsert' : 'update'])} {say(objectName(object))}{' '}
          <span className="mono">{target}</span> <span className="soft">({Object.keys(fields ?? {}).length})</span>
        </summary>
        <Fields of={fields ?? {}} object={object} />
      </details>
    </div>
  )
}

/** What of a record is other than before; null where it isn't known what it was. */
const changesOf = (record: Came['record'], before: Values | null | undefined): [string, unknown, unknown][] | null => {
  if (!record?.fields || !before) return null
  const names = new Set([...Object.keys(before), ...Object.keys(record.fields)])
  return [...names].flatMap((name) => {
    const [was, is] = [before[name], record.fields?.[name]]
    return JSON.stringify(was ?? null) === JSON.stringify(is ?? null)
      ? []
      : [[name, was, is] as [string, unknown, unknown]]
  })
}

/** What came in: from where, when, what is in it, and what is new of it. */
const CameIn = ({ trace }: { trace: Trace }): ReactNode => {
  const { say, language } = useLanguage()
  const { event, link, before } = trace
  const { record, data } = event
  const changes = useMemo(() => changesOf(record, before), [record, before])
  const happened = record?.at ?? event.at
  const what = (): string => {
    if (event.type === 'record.changed')
      return `${say(objectName(record?.object ?? ''))} ${say(record?.deleted ? texts.recordDeleted : texts.recordChanged)}`
    if (event.type === 'time.passed') return say(texts.time)
    return data?.kind ?? say(nameOf(event.type))
  }
  const rest = Object.fromEntries(Object.entries(data ?? {}).filter(([name]) => name !== 'kind'))
  return (
    <div className="stack tight">
      <div>
        <strong>{say(texts.cameIn)}</strong> {what()}{' '}
        <span className="soft">
          {timeText(trace.at, language)}
          {trace.decisions.length === 0 && ` · ${say(texts.nothingDecided)}`}
        </span>
      </div>
      <div className="soft">
        {[
          event.via && `${say(texts.via)} ${event.via}`,
          event.type === 'fact' && say(texts.corebank),
          happened && `${say(texts.happened)} ${timeText(happened, language)}`,
          event.customerNo && `${say(texts.number)} ${event.customerNo}`,
        ]
          .filter(Boolean)
          .join(' · ')}
        {link && (
          <>
            {' '}
            · <Out to={link}>{say(texts.inCrm)}</Out>
          </>
        )}
        <div className="mono">{event.id}</div>
      </div>
      {changes && changes.length > 0 && (
        <table className="figures list">
          <thead>
            <tr>
              <th scope="col">{say(texts.field)}</th>
              <th scope="col">{say(texts.was)}</th>
              <th scope="col">{say(texts.is)}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(([name, was, is]) => (
              <tr key={name}>
                <th scope="row">
                  <FieldName object={record?.object} name={name} />
                </th>
                <td>{valueText(was)}</td>
                <td>{valueText(is)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {Object.keys(rest).length > 0 && <Fields of={rest} />}
      {record?.fields && (
        <details>
          <summary>
            {say(texts.allFields)} <span className="soft">({Object.keys(record.fields).length})</span>
          </summary>
          <Fields of={record.fields} object={record.object} />
        </details>
      )}
    </div>
  )
}

/** What came in of one customer, what was decided on it by which row, and what was written; newest first. */
export const Traces = ({ traces }: { traces: Trace[] }): ReactNode => {
  const { say } = useLanguage()
  if (traces.length === 0) return <p className="soft">{say(texts.nothing)}</p>
  return (
    <ol className="traces">
      {traces.map((trace, index) => (
        <li key={index} className="card">
          <CameIn trace={trace} />
          {trace.decisions.map((decision, at) => (
            <div key={at} className="decision">
              <strong>{say(texts.decided)}</strong>
              <WhyText why={decision.why} />
              <strong>{say(texts.written)}</strong> <WrittenOf decision={decision} />
            </div>
          ))}
        </li>
      ))}
    </ol>
  )
}
