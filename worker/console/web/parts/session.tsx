import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import type { Label } from '../../../../schemas/model/define.ts'
import { call, type Fault, onSessionEnd } from './api.ts'
import { keep, kept } from './kept.ts'

export type UserRole = 'ADMIN' | 'MANAGER' | 'AUDITOR' | 'RM'

export interface User {
  name: string
  email: string
  role: UserRole
  branches: string[]
  rm: string | null
}

/** How one can sign in here. */
export interface SignIn {
  oidc: boolean
  setup: boolean
}

interface Told {
  user: User
  accounts: string[]
}

export type Session =
  | { state: 'loading' }
  | { state: 'out'; signIn: SignIn; message: Label | null }
  | { state: 'unreached'; fault: Fault }
  | { state: 'in'; user: User; accounts: string[] }

interface Signed {
  session: Session
  /** Asks again who is signed in. */
  refresh: () => Promise<void>
  signOut: () => Promise<void>
  /** The CRM account that is shown; undefined where none is connected. */
  account: string | undefined
  choose: (account: string) => void
}

const SessionContext = createContext<Signed | null>(null)

export const useSession = (): Signed => {
  const signed = useContext(SessionContext)
  if (!signed) throw new Error('no session around')
  return signed
}

/** Who is signed in; inside the frame there is always somebody. */
export const useUser = (): User => {
  const { session } = useSession()
  if (session.state !== 'in') throw new Error('nobody is signed in')
  return session.user
}

/** The address of the account that is shown, in the API. */
export const useAccountPath = (): string => `/accounts/${encodeURIComponent(useSession().account ?? '')}`

const asSession = (fault: Fault): Session => {
  if (fault.status !== 401) return { state: 'unreached', fault }
  const { signIn } = (fault.body ?? {}) as { signIn?: Partial<SignIn> }
  return {
    state: 'out',
    signIn: { oidc: signIn?.oidc === true, setup: signIn?.setup === true },
    message: fault.error === 'unauthorized' || fault.error === 'session' ? null : fault.text,
  }
}

export const SessionProvider = ({ children }: { children: ReactNode }): ReactNode => {
  const [session, setSession] = useState<Session>({ state: 'loading' })
  const [chosen, setChosen] = useState(() => kept('account') ?? '')
  const refresh = useCallback(async () => {
    const answer = await call<Told>('GET', '/session')
    setSession(answer.ok ? { state: 'in', ...answer.value } : asSession(answer))
  }, [])
  useEffect(() => {
    onSessionEnd(() => void refresh())
    void refresh()
  }, [refresh])
  const signed = useMemo<Signed>(() => {
    const accounts = session.state === 'in' ? session.accounts : []
    return {
      session,
      refresh,
      signOut: async () => {
        await call('DELETE', '/session')
        await refresh()
      },
      account: accounts.includes(chosen) ? chosen : accounts[0],
      choose: (account) => {
        keep('account', account)
        setChosen(account)
      },
    }
  }, [session, chosen, refresh])
  return <SessionContext value={signed}>{children}</SessionContext>
}
