import Alert from 'antd/es/alert'
import Button from 'antd/es/button'
import Input from 'antd/es/input/Input'
import { type ReactNode, useId, useMemo, useState } from 'react'
import type { Playbook } from '../../../../../../schemas/playbook/index.ts'
import { diffPlaybooks } from '../../../../../method/playbook/diff.ts'
import type { ShadowReport } from '../../../../../method/shadow/index.ts'
import { call, type Fault, query } from '../../../parts/api.ts'
import { useLanguage } from '../../../parts/language.tsx'
import { useNotice } from '../../../parts/notice.tsx'
import { Refused } from '../../../parts/page.tsx'
import { useAccountPath } from '../../../parts/session.tsx'
import { Ask } from '../ask.tsx'
import { useDraft } from '../draft/use-draft.tsx'
import { IssueList } from '../issues.tsx'
import { Changes } from '../overview/changes.tsx'
import { texts as frame } from '../texts.ts'
import { ShadowResult } from './shadow.tsx'
import { texts } from './texts.ts'

interface Ran {
  of: Playbook
  report: ShadowReport
}

/** Why Ladder did not take it: with the places, where it names them. */
const NotTaken = ({ fault }: { fault: Fault }): ReactNode => {
  const { say } = useLanguage()
  if (fault.status === 409) return <Alert type="warning" showIcon title={say(texts.stale)} />
  if (fault.issues.length === 0) return <Refused fault={fault} />
  return <Alert type="error" showIcon title={say(texts.refused)} description={<IssueList issues={fault.issues} />} />
}

const Check = (): ReactNode => {
  const { say } = useLanguage()
  const { checked, isChecked } = useDraft()
  return (
    <section className="card stack" aria-labelledby="check">
      <h2 id="check">{say(texts.check)}</h2>
      <p className="soft">{say(texts.checkAbout)}</p>
      <div role="status" aria-live="polite">
        {checked === null || !isChecked ? (
          <p>{say(frame.checking)}</p>
        ) : (
          <>
            {checked.compiled && <p className="good">{say(frame.fine)}</p>}
            <IssueList issues={checked.issues} />
          </>
        )}
      </div>
    </section>
  )
}

const Shadow = ({ ran, setRan }: { ran: Ran | null; setRan: (ran: Ran) => void }): ReactNode => {
  const { say } = useLanguage()
  const account = useAccountPath()
  const { playbook, checked, isChecked } = useDraft()
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault | null>(null)
  const run = async (): Promise<void> => {
    setBusy(true)
    const answer = await call<ShadowReport>('POST', `${account}/shadow`, playbook)
    setBusy(false)
    setFault(answer.ok ? null : answer)
    if (answer.ok) setRan({ of: playbook, report: answer.value })
  }
  return (
    <section className="card stack" aria-labelledby="shadow">
      <div className="row between">
        <h2 id="shadow">{say(texts.shadow)}</h2>
        <Button loading={isBusy} disabled={!isChecked || checked?.compiled === null} onClick={() => void run()}>
          {say(texts.run)}
        </Button>
      </div>
      <p className="soft">{say(texts.shadowAbout)}</p>
      <div aria-live="polite" className="stack">
        {fault && <NotTaken fault={fault} />}
        {ran && ran.of !== playbook && <Alert type="warning" showIcon title={say(texts.old)} />}
        {ran && <ShadowResult report={ran.report} />}
      </div>
    </section>
  )
}

const Publish = ({ hasRun, onPublished }: { hasRun: boolean; onPublished: () => void }): ReactNode => {
  const { say } = useLanguage()
  const tell = useNotice()
  const account = useAccountPath()
  const { playbook, base, active, isChanged, mayEdit, checked, isChecked, again, discard } = useDraft()
  const [reason, setReason] = useState('')
  const [isAsking, setAsking] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault | null>(null)
  const id = useId()
  const changes = useMemo(() => diffPlaybooks(active.source, playbook), [active.source, playbook])
  const publish = async (): Promise<void> => {
    setBusy(true)
    const asked = query({ publish: 'true', base, reason: reason.trim() })
    const answer = await call<{ version: number }>('POST', `${account}/playbooks${asked}`, playbook)
    setBusy(false)
    setAsking(false)
    setFault(answer.ok ? null : answer)
    if (answer.ok || answer.status === 409) again()
    if (!answer.ok) return
    setReason('')
    discard()
    onPublished()
    const { version } = answer.value
    tell('success', say({ en: texts.done.en(version), zh: texts.done.zh(version) }))
  }
  if (!mayEdit) return <p className="soft">{say(texts.adminOnly)}</p>
  const isReady = isChanged && isChecked && checked?.compiled !== null && base === active.version
  return (
    <section className="card stack" aria-labelledby="publish">
      <h2 id="publish">{say(texts.publish)}</h2>
      <p className="soft">{say(isChanged ? texts.publishAbout : texts.unchanged)}</p>
      {isChanged && (
        <details open>
          <summary>
            {say(texts.what)} ({changes.length})
          </summary>
          <Changes changes={changes} />
        </details>
      )}
      <div aria-live="polite">{fault && <NotTaken fault={fault} />}</div>
      {isChanged && (
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault()
            if (isReady && reason.trim() !== '') setAsking(true)
          }}
        >
          <label className="field grow" htmlFor={id}>
            <span>{say(texts.reason)}</span>
            <Input
              id={id}
              value={reason}
              maxLength={500}
              placeholder={say(texts.reasonHint)}
              onChange={({ target }) => setReason(target.value)}
            />
          </label>
          <Button type="primary" htmlType="submit" disabled={!isReady || reason.trim() === ''}>
            {say(texts.button)}
          </Button>
        </form>
      )}
      <Ask
        isOpen={isAsking}
        title={say(texts.sure)}
        yes={say(texts.yes)}
        no={say(texts.no)}
        isBusy={isBusy}
        onYes={() => void publish()}
        onNo={() => setAsking(false)}
      >
        {!hasRun && <p className="bad">{say(texts.sureShadowless)}</p>}
        <p>{say({ en: frame.changes.en(changes.length), zh: frame.changes.zh(changes.length) })}</p>
        <p>
          {say(texts.reason)}: {reason}
        </p>
      </Ask>
    </section>
  )
}

/** Draft → check → shadow run → publish. */
export const Release = (): ReactNode => {
  const { playbook } = useDraft()
  const [ran, setRan] = useState<Ran | null>(null)
  return (
    <div className="stack">
      <Check />
      <Shadow ran={ran} setRan={setRan} />
      <Publish hasRun={ran?.of === playbook} onPublished={() => setRan(null)} />
    </div>
  )
}
