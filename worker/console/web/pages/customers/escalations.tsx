import Button from 'antd/es/button'
import Input from 'antd/es/input/Input'
import Select from 'antd/es/select'
import { type ReactNode, useRef, useState } from 'react'
import { call } from '../../parts/api.ts'
import { useNames } from '../../parts/bank-names.tsx'
import { timeText } from '../../parts/format.ts'
import { useLanguage } from '../../parts/language.tsx'
import { nameOf } from '../../parts/names.ts'
import { useNotice } from '../../parts/notice.tsx'
import { Go } from '../../parts/router.tsx'
import { useAccountPath, useUser } from '../../parts/session.tsx'
import { texts } from './texts.ts'

/** An open escalation, as a customer's page and the list of escalations show it. */
export interface Open {
  key: string
  cause: string
  level: number
  levels: number
  role: string
  status: string
  raisedAt: string
  climbsAt: string | null
  detail: string
  customer?: { ref: string; name: string }
}

/** How an answer ended; `WAITING`: the CRM takes its time. */
interface Answered {
  outcome?: string
  reason?: string
}

type Answer = 'acknowledge' | 'resolve' | 'reassign'
const DONE = { acknowledge: texts.acknowledged, resolve: texts.resolved, reassign: texts.reassigned }

const LOOKS: Record<string, string> = { OPEN: 'bad', ACKNOWLEDGED: 'good' }

/** Answers an escalation: acknowledging stops its clock, resolving closes it. */
const Answers = ({ escalation, onDone }: { escalation: Open; onDone: () => void }): ReactNode => {
  const { say } = useLanguage()
  const tell = useNotice()
  const account = useAccountPath()
  const [resolution, setResolution] = useState<string | null>(null)
  const { takers } = useNames()
  const [isGiving, setGiving] = useState(false)
  const [busy, setBusy] = useState<Answer | null>(null)
  const next = useRef<HTMLButtonElement>(null)
  const answer = async (how: Answer, more: object = {}): Promise<void> => {
    setBusy(how)
    // sent again under the same id, nothing is done twice
    const id = crypto.randomUUID()
    const told = await call<Answered>('POST', `${account}/escalations/${how}`, { key: escalation.key, id, ...more })
    setBusy(null)
    if (!told.ok) return tell('error', say(told.text))
    const { outcome, reason } = told.value
    if (outcome === 'DONE' || outcome === 'WAITING' || outcome === undefined)
      tell('success', say(outcome === 'WAITING' ? texts.waiting : DONE[how]))
    else tell('info', reason || outcome)
    setResolution(null)
    setGiving(false)
    // the button that was pressed goes: whoever uses the keyboard goes on from the one beside it
    if (how === 'acknowledge') next.current?.focus()
    onDone()
  }
  if (resolution !== null)
    return (
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault()
          void answer('resolve', resolution.trim() === '' ? {} : { resolution: resolution.trim() })
        }}
      >
        <Input
          autoFocus
          aria-label={say(texts.resolution)}
          placeholder={say(texts.resolution)}
          value={resolution}
          onChange={({ target }) => setResolution(target.value)}
          style={{ width: 260 }}
        />
        <Button type="primary" htmlType="submit" loading={busy === 'resolve'}>
          {say(texts.resolveNow)}
        </Button>
        <Button onClick={() => setResolution(null)}>{say(texts.cancel)}</Button>
      </form>
    )
  if (isGiving)
    return (
      <div className="row">
        <Select
          autoFocus
          aria-label={say(texts.reassignTo)}
          placeholder={say(texts.reassignTo)}
          showSearch={{ optionFilterProp: 'label' }}
          loading={busy === 'reassign'}
          onChange={(to: string) => void answer('reassign', { to })}
          options={takers.map(({ email, name }) => ({ value: email, label: `${name} · ${email}` }))}
          style={{ width: 280 }}
        />
        <Button onClick={() => setGiving(false)}>{say(texts.cancel)}</Button>
      </div>
    )
  return (
    <div className="row">
      {escalation.status !== 'ACKNOWLEDGED' && (
        <Button type="primary" loading={busy === 'acknowledge'} onClick={() => void answer('acknowledge')}>
          {say(texts.acknowledge)}
        </Button>
      )}
      <Button ref={next} onClick={() => setResolution('')}>
        {say(texts.resolve)}
      </Button>
      {takers.length > 0 && <Button onClick={() => setGiving(true)}>{say(texts.reassign)}</Button>}
    </div>
  )
}

/** Open escalations, each with whom it is with now and until when. */
export const OpenEscalations = ({ list, onDone }: { list: Open[]; onDone: () => void }): ReactNode => {
  const { say, language } = useLanguage()
  const { role: myRole } = useUser()
  if (list.length === 0) return <p className="soft">{say(texts.noEscalations)}</p>
  return (
    <ul className="plain stack">
      {list.map((one) => (
        <li key={one.key} className="escalation">
          <div className="row between">
            <div>
              <strong>{say(nameOf(one.cause))}</strong>{' '}
              <span className={`tag ${LOOKS[one.status] ?? ''}`}>{say(nameOf(one.status))}</span>
              {one.customer && ' '}
              {one.customer && (
                <Go to={`/customers/${encodeURIComponent(one.customer.ref)}`}>
                  {one.customer.name || one.customer.ref}
                </Go>
              )}
              <div className="soft">
                {say(texts.level)} {one.level}/{one.levels} · {say(texts.role)} {say(nameOf(one.role))} ·{' '}
                {say(texts.raisedAt)} {timeText(one.raisedAt, language)}
                {one.climbsAt && ` · ${say(texts.climbsAt)} ${timeText(one.climbsAt, language)}`}
              </div>
            </div>
            {myRole !== 'AUDITOR' && <Answers escalation={one} onDone={onDone} />}
          </div>
          <div className="detail">{one.detail}</div>
        </li>
      ))}
    </ul>
  )
}
