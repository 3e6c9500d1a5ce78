import Input from 'antd/es/input/Input'
import type { ReactNode } from 'react'
import { useLanguage } from '../../parts/language.tsx'
import type { Wish } from './jobs.ts'
import { texts } from './texts.ts'

type Filled = Exclude<keyof Wish, 'crm' | 'carrier'>

/** Which CRM, where it is, and the key to it. */
export const WishForm = ({ wish, onChange }: { wish: Wish; onChange: (wish: Wish) => void }): ReactNode => {
  const { say } = useLanguage()
  const isHubspot = wish.crm === 'hubspot'
  const field = (name: Filled, label: string, more?: { secret?: boolean; hint?: string; placeholder?: string }) => (
    <label className="field">
      <span>{label}</span>
      <Input
        value={wish[name]}
        type={more?.secret ? 'password' : 'text'}
        autoComplete="off"
        spellCheck={false}
        placeholder={more?.placeholder ?? ''}
        onChange={({ target }) => onChange({ ...wish, [name]: target.value })}
      />
      {more?.hint && <span className="soft">{more.hint}</span>}
    </label>
  )
  return (
    <div className="stack">
      <fieldset className="choice">
        <legend>{say(texts.crm)}</legend>
        {(['twenty', 'hubspot'] as const).map((crm) => (
          <label key={crm}>
            <input type="radio" name="crm" checked={wish.crm === crm} onChange={() => onChange({ ...wish, crm })} />{' '}
            {crm === 'twenty' ? 'Twenty' : 'HubSpot'}
          </label>
        ))}
      </fieldset>
      <div className="grid">
        {field('url', say(isHubspot ? texts.urlHubspot : texts.url), {
          placeholder: isHubspot ? 'https://api.hubapi.com' : 'https://crm.example.com',
        })}
        {field('token', say(isHubspot ? texts.tokenHubspot : texts.token), {
          secret: true,
          hint: say(texts.tokenHint),
        })}
        {isHubspot && field('clientSecret', say(texts.clientSecret), { secret: true })}
        {isHubspot && field('clientId', say(texts.clientId))}
        {isHubspot && (
          <label className="field">
            <span>{say(texts.carrier)}</span>
            <select
              value={wish.carrier}
              onChange={({ target }) => onChange({ ...wish, carrier: target.value as Wish['carrier'] })}
            >
              {(['auto', 'custom', 'deal'] as const).map((carrier) => (
                <option key={carrier} value={carrier}>
                  {say(texts[carrier])}
                </option>
              ))}
            </select>
          </label>
        )}
        {field('account', say(texts.account))}
      </div>
    </div>
  )
}
