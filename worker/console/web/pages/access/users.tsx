import Button from 'antd/es/button'
import { type ReactNode, useState } from 'react'
import { call } from '../../parts/api.ts'
import { timeText } from '../../parts/format.ts'
import { useNames } from '../../parts/bank-names.tsx'
import { useLanguage } from '../../parts/language.tsx'
import { useNotice } from '../../parts/notice.tsx'
import { Shown } from '../../parts/page.tsx'
import { useUser } from '../../parts/session.tsx'
import { useData } from '../../parts/use-data.ts'
import { frameTexts } from '../../texts/frame.ts'
import { type Granted, GrantForm } from './grant-form.tsx'
import { texts } from './texts.ts'

const named = (code: string, name: string): string => (name === code ? code : `${name} (${code})`)

const Seen = ({ user }: { user: Granted }): ReactNode => {
  const { say } = useLanguage()
  const names = useNames()
  const part =
    user.role === 'MANAGER'
      ? user.branches.map((code) => named(code, say(names.branch(code)))).join(', ')
      : user.role === 'RM'
        ? named(user.rm ?? '', names.person(user.rm ?? ''))
        : say(texts.everything)
  return (
    <>
      {part}
      {user.accounts && <span className="soft"> · {user.accounts.join(', ')}</span>}
    </>
  )
}

/** Takes a role away, after a second press: sessions end with it. */
const Remove = ({ who, onDone }: { who: string; onDone: () => void }): ReactNode => {
  const { say } = useLanguage()
  const tell = useNotice()
  const [isAsked, setAsked] = useState(false)
  const remove = async (): Promise<void> => {
    const answer = await call('DELETE', `/access/users/${encodeURIComponent(who)}`)
    setAsked(false)
    tell(answer.ok ? 'success' : 'error', answer.ok ? say(texts.removed) : say(answer.text))
    if (answer.ok) onDone()
  }
  if (!isAsked) return <Button onClick={() => setAsked(true)}>{say(texts.remove)}</Button>
  return (
    <>
      <Button danger onClick={() => void remove()}>
        {say(texts.really)}
      </Button>
      <Button onClick={() => setAsked(false)}>{say(texts.cancel)}</Button>
    </>
  )
}

/** Who may use the console, as what, and what each sees. */
export const Users = (): ReactNode => {
  const { say, language } = useLanguage()
  const isAdmin = useUser().role === 'ADMIN'
  const [users, again] = useData<{ users: Granted[] }>('/access/users')
  const [edited, setEdited] = useState<Granted | null>(null)
  const done = (): void => {
    setEdited(null)
    again()
  }
  return (
    <div className="stack">
      <p className="soft">{say(texts.usersAbout)}</p>
      <Shown of={users} again={again}>
        {({ users: list }) =>
          list.length === 0 ? (
            <p className="card">{say(texts.nobody)}</p>
          ) : (
            <div className="card scroll" tabIndex={0}>
              <table className="figures list">
                <thead>
                  <tr>
                    <th scope="col">{say(texts.who)}</th>
                    <th scope="col">{say(texts.name)}</th>
                    <th scope="col">{say(texts.role)}</th>
                    <th scope="col">{say(texts.sees)}</th>
                    <th scope="col">{say(texts.since)}</th>
                    {isAdmin && <td />}
                  </tr>
                </thead>
                <tbody>
                  {list.map((user) => (
                    <tr key={user.who}>
                      <td>{user.who}</td>
                      <td>{user.name}</td>
                      <td>{say(frameTexts[user.role])}</td>
                      <td>
                        <Seen user={user} />
                      </td>
                      <td>{timeText(user.at, language)}</td>
                      {isAdmin && (
                        <td>
                          <div className="row">
                            <Button onClick={() => setEdited(user)}>{say(texts.change)}</Button>
                            <Remove who={user.who} onDone={done} />
                          </div>
                        </td>
                      )}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Shown>
      {isAdmin && <GrantForm key={edited?.who ?? ''} user={edited} onDone={done} />}
    </div>
  )
}
