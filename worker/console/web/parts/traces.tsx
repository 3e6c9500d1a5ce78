import type { ReactNode } from 'react'
import { traceTexts as texts } from '../texts/traces.ts'
import { timeText } from './format.ts'
import { useLanguage } from './language.tsx'
import { nameOf } from './names.ts'

/** Why Ladder decided something: event, playbook version, rule, table row, inputs. */
export interface Why {
  event?: string
  playbook: number
  rule: string
  row?: string
  inputs?: Record<string, unknown>
  text?: string
}
export interface Decided {
  do: string
  object?: string
  key?: string
  id?: string
  fields?: Record<string, unknown>
  why: Why
}
export interface Trace {
  at: number
  event: { type: string; id: string; record?: { object?: string; id?: string }; data?: { type?: string } }
  decisions: Decided[]
}

const inputText = (inputs: Record<string, unknown>): string =>
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

const Written = ({ decision }: { decision: Decided }): ReactNode => {
  const { say } = useLanguage()
  const { object, key, id, fields } = decision
  if (!object) return <span className="soft">{say(texts.nothingWritten)}</span>
  return (
    <details>
      <summary>
        {decision.do} {object} <span className="mono">{key ?? id}</span>
      </summary>
      <pre className="mono">{JSON.stringify(fields, null, 1)}</pre>
    </details>
  )
}

/** What came in of one customer, what was decided on it by which row, and what was written; newest first. */
export const Traces = ({ traces }: { traces: Trace[] }): ReactNode => {
  const { say, language } = useLanguage()
  if (traces.length === 0) return <p className="soft">{say(texts.nothing)}</p>
  const came = ({ event }: Trace): string => {
    if (event.type === 'record.changed') return `${event.record?.object ?? ''} ${say(texts.recordChanged)}`
    if (event.type === 'time.passed') return say(texts.time)
    return event.data?.type ?? say(nameOf(event.type))
  }
  return (
    <ol className="traces">
      {traces.map((trace, index) => (
        <li key={index} className="card">
          <div>
            <strong>{say(texts.cameIn)}</strong> {came(trace)}{' '}
            <span className="soft">
              {timeText(trace.at, language)}
              {trace.decisions.length === 0 && ` · ${say(texts.nothingDecided)}`}
            </span>
            <div className="mono soft">{trace.event.id}</div>
          </div>
          {trace.decisions.map((decision, at) => (
            <div key={at} className="decision">
              <strong>{say(texts.decided)}</strong>
              <WhyText why={decision.why} />
              <strong>{say(texts.written)}</strong> <Written decision={decision} />
            </div>
          ))}
        </li>
      ))}
    </ol>
  )
}
