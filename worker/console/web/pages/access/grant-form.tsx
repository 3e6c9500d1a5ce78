import Alert from 'antd/es/alert'
import AutoComplete from 'antd/es/auto-complete'
import type { Label } from '../../../../../schemas/model/define.ts'
import Button from 'antd/es/button'
import Input from 'antd/es/input/Input'
import Select from 'antd/es/select'
import { type ReactNode, useState } from 'react'
import { call } from '../../parts/api.ts'
import { useNames } from '../../parts/bank-names.tsx'
import { useLanguage } from '../../parts/language.tsx'
import { useNotice } from '../../parts/notice.tsx'
import type { UserRole } from '../../parts/session.tsx'
import { frameTexts } from '../../texts/frame.ts'
import { texts } from './texts.ts'

export interface Granted {
  who: string
  name: string
  role: UserRole
  branches: string[]
  rm: string | null
  accounts: string[] | null
  at: string
}

const ROLES = ['ADMIN', 'MANAGER', 'AUDITOR', 'RM'] as const

const listOf = (text: string): string[] =>
  text
    .split(/[,，、\s]+/)
    .map((one) => one.trim())
    .filter(Boolean)

/** Grants somebody a role, or changes the one that somebody has. */
export const GrantForm = ({ user, onDone }: { user: Granted | null; onDone: () => void }): ReactNode => {
  const { say } = useLanguage()
  const tell = useNotice()
  const names = useNames()
  const [who, setWho] = useState(user?.who ?? '')
  const [name, setName] = useState(user?.name ?? '')
  const [role, setRole] = useState<UserRole>(user?.role ?? 'RM')
  const [branches, setBranches] = useState(user?.branches.join(', ') ?? '')
  const [rm, setRm] = useState(user?.rm ?? '')
  const [accounts, setAccounts] = useState(user?.accounts?.join(', ') ?? '')
  const [fault, setFault] = useState<Label | null>(null)
  const save = async (): Promise<void> => {
    const answer = await call('PUT', `/access/users/${encodeURIComponent(who.trim())}`, {
      role,
      name: name.trim(),
      branches: role === 'MANAGER' ? listOf(branches) : [],
      rm: role === 'RM' ? rm.trim() || null : null,
      accounts: listOf(accounts).length > 0 ? listOf(accounts) : null,
    })
    if (!answer.ok) return setFault(answer.text)
    tell('success', say(texts.granted))
    if (user === null) setWho('')
    setFault(null)
    onDone()
  }
  const field = (label: string, value: string, set: (value: string) => void, hint?: string): ReactNode => (
    <label className="field">
      <span>{label}</span>
      <Input value={value} onChange={({ target }) => set(target.value)} placeholder={hint ?? ''} autoComplete="off" />
    </label>
  )
  return (
    <form
      className="card stack"
      aria-labelledby="grant"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <h2 id="grant">{user ? `${say(texts.change)}: ${user.who}` : say(texts.grantTitle)}</h2>
      {fault && <Alert type="error" showIcon title={say(fault)} />}
      <div className="grid">
        {user === null && field(say(texts.who), who, setWho)}
        {field(say(texts.name), name, setName)}
        <label className="field">
          <span>{say(texts.role)}</span>
          <select value={role} onChange={({ target }) => setRole(target.value as UserRole)}>
            {ROLES.map((one) => (
              <option key={one} value={one}>
                {say(frameTexts[one])}: {say(texts[`about${one}`])}
              </option>
            ))}
          </select>
        </label>
        {role === 'MANAGER' && (
          <div className="field">
            <span>{say(texts.branches)}</span>
            <Select
              mode="tags"
              aria-label={say(texts.branches)}
              value={listOf(branches)}
              onChange={(codes: string[]) => setBranches(codes.join(','))}
              tokenSeparators={[',', '，', '、', ' ']}
              options={names.branches.map((code) => ({ value: code, label: `${code} ${say(names.branch(code))}` }))}
            />
            <span className="soft">{say(texts.branchesBelow)}</span>
          </div>
        )}
        {role === 'RM' && (
          <div className="field">
            <span>{say(texts.rm)}</span>
            <AutoComplete
              aria-label={say(texts.rm)}
              value={rm}
              onChange={(id: string) => setRm(id)}
              options={[...names.peopleByIds].map(([value, one]) => ({ value, label: `${one} · ${value}` }))}
              showSearch={{
                filterOption: (typed, option) => (option?.label ?? '').toLowerCase().includes(typed.toLowerCase()),
              }}
            />
          </div>
        )}
        {field(say(texts.accounts), accounts, setAccounts, say(texts.branchesHint))}
      </div>
      <div className="row">
        <Button type="primary" htmlType="submit" disabled={who.trim() === ''}>
          {say(user ? texts.save : texts.add)}
        </Button>
        {user && <Button onClick={onDone}>{say(texts.cancel)}</Button>}
      </div>
    </form>
  )
}
