import Alert from 'antd/es/alert'
import Button from 'antd/es/button'
import { type ReactNode, useRef, useState } from 'react'
import type { Playbook } from '../../../../../../schemas/playbook/index.ts'
import { diffPlaybooks, type PlaybookChange } from '../../../../../method/playbook/diff.ts'
import { call, type Issue, query } from '../../../parts/api.ts'
import { timeText } from '../../../parts/format.ts'
import { useLanguage } from '../../../parts/language.tsx'
import { useNotice } from '../../../parts/notice.tsx'
import { useAccountPath, useSession } from '../../../parts/session.tsx'
import { Ask } from '../ask.tsx'
import { useDraft, type Version } from '../draft/use-draft.tsx'
import { IssueList } from '../issues.tsx'
import { Changes } from './changes.tsx'
import { exportPlaybook, importPlaybook } from './file.ts'
import { texts } from './texts.ts'
import { Heads } from '../../../parts/heads.tsx'

const OneFile = (): ReactNode => {
  const { say } = useLanguage()
  const tell = useNotice()
  const { playbook, base, mayEdit, replace, active } = useDraft()
  const { account = 'ladder' } = useSession()
  const chosen = useRef<HTMLInputElement>(null)
  const [refused, setRefused] = useState<{ message: string; issues: Issue[] } | null>(null)
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return
    const read = await importPlaybook(await file.text(), active.source)
    setRefused(read.ok ? null : read)
    if (chosen.current) chosen.current.value = ''
    if (!read.ok) return
    replace(read.playbook, active.version)
    tell('success', say({ en: texts.imported.en(file.name), zh: texts.imported.zh(file.name) }))
  }
  const name = `${account}-playbook-v${base}`
  return (
    <section className="card stack" aria-labelledby="file">
      <h2 id="file">{say(texts.file)}</h2>
      <p className="soft">{say(texts.fileAbout)}</p>
      <div className="row">
        <Button onClick={() => void exportPlaybook(playbook, name, 'json')}>{say(texts.json)}</Button>
        <Button onClick={() => void exportPlaybook(playbook, name, 'yaml')}>{say(texts.yaml)}</Button>
        {mayEdit && (
          <>
            <Button onClick={() => chosen.current?.click()}>{say(texts.import)}</Button>
            <input
              ref={chosen}
              type="file"
              hidden
              aria-label={say(texts.import)}
              accept=".json,.yaml,.yml"
              onChange={({ target }) => void take(target.files?.[0])}
            />
          </>
        )}
      </div>
      {refused && (
        <Alert
          type="error"
          showIcon
          title={`${say(texts.unreadable)} ${refused.message}`}
          description={<IssueList issues={refused.issues} />}
        />
      )}
    </section>
  )
}

const useOrigin = (): ((origin: string) => string) => {
  const { say } = useLanguage()
  return (origin) => (origin === 'file' ? say(texts.filed) : origin === 'crm' ? say(texts.crm) : origin)
}

/** Where the playbook stands: what is in force, every version, each against what is in force, and back. */
export const Overview = (): ReactNode => {
  const { say, language } = useLanguage()
  const tell = useNotice()
  const account = useAccountPath()
  const originOf = useOrigin()
  const { active, versions, mayEdit, isChanged, replace, again } = useDraft()
  const [compared, setCompared] = useState<{ version: number; changes: PlaybookChange[] } | null>(null)
  const [back, setBack] = useState<number | null>(null)
  const [isBusy, setBusy] = useState(false)
  const sourceOf = async (version: number): Promise<Playbook | null> => {
    const answer = await call<Playbook>('GET', `${account}/playbooks/${version}`)
    if (!answer.ok) tell('error', say(answer.text))
    return answer.ok ? answer.value : null
  }
  const compare = async (version: number): Promise<void> => {
    const source = await sourceOf(version)
    if (source) setCompared({ version, changes: diffPlaybooks(active.source, source) })
  }
  const take = async (version: number): Promise<void> => {
    const source = await sourceOf(version)
    if (!source) return
    replace(source, active.version)
    tell('success', say({ en: texts.taken.en(version), zh: texts.taken.zh(version) }))
  }
  const rollBack = async (version: number): Promise<void> => {
    setBusy(true)
    const asked = query({ base: active.version })
    const answer = await call<{ version: number }>('POST', `${account}/playbooks/${version}/publish${asked}`)
    setBusy(false)
    setBack(null)
    again()
    if (!answer.ok) return tell('error', say(answer.text))
    const { version: now } = answer.value
    tell('success', say({ en: texts.done.en(now), zh: texts.done.zh(now) }))
  }
  const current = versions.find(({ version }) => version === active.version)
  const row = (one: Version): ReactNode => (
    <tr key={one.version}>
      <th scope="row">v{one.version}</th>
      <td>{say(texts[one.state])}</td>
      <td>{timeText(one.at, language)}</td>
      <td>{one.who}</td>
      <td>{one.reason || originOf(one.origin)}</td>
      <td>
        {one.state !== 'active' && (
          <span className="row">
            <Button
              size="small"
              aria-label={`${say(texts.compare)}: v${one.version}`}
              onClick={() => void compare(one.version)}
            >
              {say(texts.compareShort)}
            </Button>
            {mayEdit && (
              <>
                <Button size="small" onClick={() => void take(one.version)} disabled={isChanged}>
                  {say(texts.take)}
                </Button>
                <Button size="small" onClick={() => setBack(one.version)}>
                  {say(texts.back)}
                </Button>
              </>
            )}
          </span>
        )}
      </td>
    </tr>
  )
  return (
    <div className="stack">
      <section className="card" aria-labelledby="now">
        <h2 id="now">{say(texts.now)}</h2>
        <dl className="facts">
          <div>
            <dt className="soft">{say(texts.version)}</dt>
            <dd className="fact">v{active.version}</dd>
          </div>
          {current && (
            <>
              <div>
                <dt className="soft">{say(texts.at)}</dt>
                <dd className="fact">{timeText(current.at, language)}</dd>
              </div>
              <div>
                <dt className="soft">{say(texts.who)}</dt>
                <dd className="fact">{current.who || originOf(current.origin)}</dd>
              </div>
              {current.reason && (
                <div>
                  <dt className="soft">{say(texts.reason)}</dt>
                  <dd className="fact">{current.reason}</dd>
                </div>
              )}
            </>
          )}
        </dl>
      </section>
      <OneFile />
      {compared && (
        <section className="card stack" aria-labelledby="compared">
          <div className="row between">
            <h2 id="compared">
              {say({
                en: texts.difference.en(compared.version, active.version),
                zh: texts.difference.zh(compared.version, active.version),
              })}
            </h2>
            <Button onClick={() => setCompared(null)}>{say(texts.close)}</Button>
          </div>
          <Changes changes={compared.changes} />
        </section>
      )}
      <section className="card" aria-labelledby="history">
        <h2 id="history">{say(texts.history)}</h2>
        <div className="scroll" tabIndex={0} role="group" aria-label={say(texts.history)}>
          <table className="figures list">
            <thead>
              <Heads of={(['version', 'state', 'at', 'who', 'reason', 'act'] as const).map((name) => texts[name])} />
            </thead>
            <tbody>{versions.map(row)}</tbody>
          </table>
        </div>
      </section>
      <Ask
        isOpen={back !== null}
        title={say({ en: texts.backSure.en(back ?? 0), zh: texts.backSure.zh(back ?? 0) })}
        yes={say(texts.yes)}
        no={say(texts.no)}
        isBusy={isBusy}
        onYes={() => back !== null && void rollBack(back)}
        onNo={() => setBack(null)}
      >
        <p>{say(texts.backAbout)}</p>
      </Ask>
    </div>
  )
}
