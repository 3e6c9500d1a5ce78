import Alert from 'antd/es/alert'
import { createContext, type ReactNode, useContext } from 'react'
import { useLanguage } from '../../parts/language.tsx'
import type { Check, Job, Report, Step } from './jobs.ts'
import { texts } from './texts.ts'

const MARKS = { unchanged: '=', done: '✓', planned: '+', open: '…', failed: '✗' } as const
const LOOKS: Record<Step['state'], string> = {
  unchanged: 'soft',
  done: 'good',
  planned: 'plus',
  open: 'soft',
  failed: 'bad',
}

/** The Chinese of what the command says in English, as it tells it along. */
const Chinese = createContext<Readonly<Record<string, string>>>({})

/** What the command says, in the language that is shown. */
const useSaid = (): ((text: string) => string) => {
  const { say } = useLanguage()
  const chinese = useContext(Chinese)
  return (text) => say({ en: text, zh: chinese[text] ?? text })
}

/** Equal calls together, in the order of the first. */
const counted = (calls: string[]): [string, number][] => {
  const counts = new Map<string, number>()
  for (const one of calls) counts.set(one, (counts.get(one) ?? 0) + 1)
  return [...counts]
}

/** What a plan would do or an apply did, step by step, as a diff. */
const Steps = ({ steps }: { steps: Step[] }): ReactNode => {
  const { say } = useLanguage()
  const said = useSaid()
  return (
    <ol className="diff">
      {steps.map(({ name, state, lines, calls = [] }, index) => (
        <li key={index} className={LOOKS[state]}>
          <div>
            <span className="mark" aria-hidden="true">
              {MARKS[state]}
            </span>
            <strong>{said(name)}</strong> <span className="soft">{say(texts[state])}</span>
          </div>
          {lines.map((line, at) => (
            <div key={at} className="line">
              {said(line)}
            </div>
          ))}
          {calls.length > 0 && (
            <details className="line">
              <summary>{say({ en: texts.calls.en(calls.length), zh: texts.calls.zh(calls.length) })}</summary>
              {counted(calls).map(([one, times]) => (
                <div key={one} className="mono">
                  {said(one)}
                  {times > 1 && ` × ${times}`}
                </div>
              ))}
            </details>
          )}
        </li>
      ))}
    </ol>
  )
}

/** What isn't there before Ladder is installed is no fault. */
const isToCome = ({ state, todo }: Check): boolean => state === 'fail' && (todo?.includes('ladder apply') ?? false)

const Checks = ({ checks }: { checks: Check[] }): ReactNode => {
  const { say } = useLanguage()
  const said = useSaid()
  return (
    <ul className="diff">
      {checks.map((check, index) => {
        const { name, state, message, todo } = check
        const isLater = isToCome(check)
        const look = state === 'ok' ? 'good' : state === 'fail' && !isLater ? 'bad' : 'soft'
        return (
          <li key={index} className={look}>
            <div>
              <span className="mark" aria-hidden="true">
                {state === 'ok' ? '✓' : state === 'fail' && !isLater ? '✗' : '!'}
              </span>
              <strong>{said(name)}</strong> <span className="soft">{say(isLater ? texts.later : texts[state])}</span>{' '}
              {said(message)}
            </div>
            {todo && <div className="line">→ {said(todo)}</div>}
          </li>
        )
      })}
    </ul>
  )
}

/** Whether what comes next may be run after this. */
export const isPassed = (job: Job): boolean => {
  const { report, state } = job
  if (state !== 'done' || report === null) return false
  return report.checks ? report.checks.every((check) => check.state !== 'fail' || isToCome(check)) : report.ok === true
}

const Found = ({ report }: { report: Report }): ReactNode => {
  const said = useSaid()
  return (
    <>
      {report.checks && <Checks checks={report.checks} />}
      {report.steps && <Steps steps={report.steps} />}
      {report.notices?.map((notice) => (
        <Alert key={notice} type="info" showIcon title={said(notice)} />
      ))}
      {report.problems?.map(({ what, where, todo }, index) => (
        <Alert key={index} type="error" showIcon title={`${said(where)}: ${said(what)}`} description={said(todo)} />
      ))}
    </>
  )
}

const Progress = ({ lines }: { lines: string[] }): ReactNode => {
  const { say } = useLanguage()
  const said = useSaid()
  return (
    <ul className="progress" aria-label={say(texts.running)}>
      {lines.slice(-6).map((line, index) => (
        <li key={index}>{said(line)}</li>
      ))}
    </ul>
  )
}

/** How far a run has come, and what it found. */
export const Outcome = ({ job }: { job: Job }): ReactNode => {
  const { say } = useLanguage()
  const { state, lines, report } = job
  return (
    <Chinese value={{ ...job.zh, ...report?.zh }}>
      <div className="stack" aria-live="polite">
        {state === 'running' && <Progress lines={lines} />}
        {state === 'stopped' && <Alert type="warning" showIcon title={say(texts.stopped)} />}
        {state === 'done' && report === null && (
          <Alert type="error" showIcon title={say(texts.noReport)} description={lines.slice(-6).join('\n')} />
        )}
        {report && <Found report={report} />}
      </div>
    </Chinese>
  )
}
