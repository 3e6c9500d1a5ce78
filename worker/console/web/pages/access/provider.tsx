import Alert from 'antd/es/alert'
import type { Label } from '../../../../../schemas/model/define.ts'
import Button from 'antd/es/button'
import Input from 'antd/es/input/Input'
import { type ReactNode, useState } from 'react'
import { call } from '../../parts/api.ts'
import { useLanguage } from '../../parts/language.tsx'
import { useNotice } from '../../parts/notice.tsx'
import { Shown } from '../../parts/page.tsx'
import { useUser } from '../../parts/session.tsx'
import { useData } from '../../parts/use-data.ts'
import { texts } from './texts.ts'

interface Kept {
  issuer: string
  clientId: string
  vouchesForEmail: boolean
  hasSecret: boolean
}

const ProviderForm = ({ kept, onDone }: { kept: Kept | null; onDone: () => void }): ReactNode => {
  const { say } = useLanguage()
  const tell = useNotice()
  const isAdmin = useUser().role === 'ADMIN'
  const [issuer, setIssuer] = useState(kept?.issuer ?? '')
  const [clientId, setClientId] = useState(kept?.clientId ?? '')
  const [secret, setSecret] = useState('')
  const [vouches, setVouches] = useState(kept?.vouchesForEmail ?? false)
  const [fault, setFault] = useState<Label | null>(null)
  const [isBusy, setBusy] = useState(false)
  const save = async (): Promise<void> => {
    const isSame = kept?.issuer === issuer.trim() && kept.clientId === clientId.trim()
    setBusy(true)
    const answer = await call('PUT', '/access/provider', {
      issuer: issuer.trim(),
      clientId: clientId.trim(),
      vouchesForEmail: vouches,
      ...(secret !== '' ? { clientSecret: secret } : isSame ? {} : { clientSecret: null }),
    })
    setBusy(false)
    if (!answer.ok) return setFault(answer.text)
    setFault(null)
    setSecret('')
    tell('success', say(texts.set))
    onDone()
  }
  const remove = async (): Promise<void> => {
    const answer = await call('DELETE', '/access/provider')
    tell(answer.ok ? 'success' : 'error', answer.ok ? say(texts.unset) : say(answer.text))
    onDone()
  }
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {kept === null && <p>{say(texts.noProvider)}</p>}
      {fault && <Alert type="error" showIcon title={say(fault)} />}
      <fieldset className="bare-set stack" disabled={!isAdmin}>
        <div className="grid">
          <label className="field">
            <span>{say(texts.issuer)}</span>
            <Input
              value={issuer}
              placeholder="https://id.bank.example"
              onChange={({ target }) => setIssuer(target.value)}
            />
          </label>
          <label className="field">
            <span>{say(texts.clientId)}</span>
            <Input value={clientId} onChange={({ target }) => setClientId(target.value)} autoComplete="off" />
          </label>
          <label className="field">
            <span>{say(texts.clientSecret)}</span>
            <Input
              type="password"
              autoComplete="new-password"
              value={secret}
              placeholder={kept?.hasSecret ? say(texts.keepSecret) : ''}
              onChange={({ target }) => setSecret(target.value)}
            />
          </label>
        </div>
        <label>
          <input type="checkbox" checked={vouches} onChange={({ target }) => setVouches(target.checked)} />{' '}
          {say(texts.vouches)}
        </label>
        {isAdmin && (
          <div className="row">
            <Button
              type="primary"
              htmlType="submit"
              loading={isBusy}
              disabled={issuer.trim() === '' || clientId.trim() === ''}
            >
              {say(texts.save)}
            </Button>
            {kept && <Button onClick={() => void remove()}>{say(texts.removeProvider)}</Button>}
          </div>
        )}
      </fieldset>
    </form>
  )
}

/** The bank's own sign-in: any provider of OpenID Connect. */
export const Provider = (): ReactNode => {
  const { say } = useLanguage()
  const [told, again] = useData<{ provider: Kept | null; redirectUri: string }>('/access/provider')
  return (
    <div className="stack">
      <p className="soft">{say(texts.providerAbout)}</p>
      <Shown of={told} again={again}>
        {({ provider, redirectUri }) => (
          <>
            <p>
              {say(texts.redirect)}: <code className="mono">{redirectUri}</code>
            </p>
            <ProviderForm key={provider?.issuer ?? ''} kept={provider} onDone={again} />
          </>
        )}
      </Shown>
    </div>
  )
}
