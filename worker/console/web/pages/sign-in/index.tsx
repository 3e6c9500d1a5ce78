import Alert from 'antd/es/alert'
import type { Label } from '../../../../../schemas/model/define.ts'
import Button from 'antd/es/button'
import Input from 'antd/es/input/Input'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { call } from '../../parts/api.ts'
import { Switches } from '../../parts/frame.tsx'
import { useLanguage } from '../../parts/language.tsx'
import { type SignIn as Ways, useSession } from '../../parts/session.tsx'
import { texts } from './texts.ts'

/** The token of a setup link, `/console/#setup=TOKEN`; taken out of the address, so that it stays in no history. */
const takeToken = (): string => {
  const token = /^#setup=(.+)$/.exec(location.hash)?.[1] ?? ''
  if (token) history.replaceState(null, '', location.pathname + location.search)
  return decodeURIComponent(token)
}

/** Sign-in: by the bank's OpenID provider, or once by a setup link. */
export const SignIn = ({ signIn, message }: { signIn: Ways; message: Label | null }): ReactNode => {
  const { say } = useLanguage()
  const { refresh } = useSession()
  const [token, setToken] = useState('')
  const [fault, setFault] = useState(message)
  const [isBusy, setBusy] = useState(false)
  const hasTried = useRef(false)

  const enter = useCallback(
    async (given: string): Promise<void> => {
      setBusy(true)
      const answer = await call('POST', '/session/setup', { token: given.trim() })
      setBusy(false)
      if (answer.ok) return refresh()
      setFault(answer.text)
    },
    [refresh],
  )

  useEffect(() => {
    if (hasTried.current) return
    hasTried.current = true
    const given = takeToken()
    if (given) void enter(given)
  }, [enter])

  const to = encodeURIComponent(location.pathname + location.search)
  return (
    <main id="content" className="centre">
      <title>{`${say(texts.title)} · Ladder`}</title>
      <div className="row end">
        <Switches />
      </div>
      <div className="card stack">
        <div>
          <h1>{say(texts.title)}</h1>
          <p className="soft">{say(texts.about)}</p>
        </div>
        {fault && <Alert type="error" showIcon title={say(fault)} />}
        {signIn.oidc && (
          <Button type="primary" size="large" href={`/sign-in/oidc?to=${to}`} block>
            {say(texts.oidc)}
          </Button>
        )}
        {signIn.setup && (
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault()
              void enter(token)
            }}
          >
            <p className="soft">{say(texts.howSetup)}</p>
            <label className="field">
              <span>{say(texts.token)}</span>
              <Input
                type="password"
                autoComplete="off"
                value={token}
                onChange={({ target }) => setToken(target.value)}
              />
            </label>
            <Button
              type={signIn.oidc ? 'default' : 'primary'}
              htmlType="submit"
              loading={isBusy}
              disabled={token.trim() === ''}
            >
              {say(isBusy ? texts.working : texts.enter)}
            </Button>
          </form>
        )}
        {!signIn.oidc && !signIn.setup && <Alert type="info" showIcon title={say(texts.noWay)} />}
      </div>
    </main>
  )
}
