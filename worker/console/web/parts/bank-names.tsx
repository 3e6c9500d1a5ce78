import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { Label } from '../../../../schemas/model/define.ts'
import { nameOf } from './names.ts'
import { useSession } from './session.tsx'
import { useData } from './use-data.ts'

interface Told {
  branches: { code: string; name: Label; parent?: string }[]
  people: { id: string; name: string; email?: string }[]
  pipelines: { code: string; id: string; name: Label; stages: { code: string; id: string; name: Label }[] }[]
  campaigns: { code: string; name: Label }[]
}

interface BankNames {
  /** A code of figures and lists: the bank's own name for it, else the model's. */
  of: (code: string) => Label
  /** A branch by its code, an RM by the user's id in the CRM: what is known, else the code. */
  branch: (code: string) => Label
  person: (id: string) => string
  peopleByIds: ReadonlyMap<string, string>
  /** Addresses of those to whom an escalation can be given, with their names; none where one may not. */
  takers: { email: string; name: string }[]
  /** The codes of all branches that one sees. */
  branches: string[]
  /** These branches and those above them, as far as one sees them. */
  withAbove: (codes: readonly string[]) => string[]
}

const NamesContext = createContext<BankNames>({
  of: nameOf,
  branch: (code) => ({ en: code, zh: code }),
  person: (id) => id,
  peopleByIds: new Map(),
  takers: [],
  branches: [],
  withAbove: (codes) => [...codes],
})

/** What this bank calls its branches, people, stages and campaigns. */
export const useNames = (): BankNames => useContext(NamesContext)

const Provider = ({ account, children }: { account: string; children: ReactNode }): ReactNode => {
  const [told] = useData<Told>(`/accounts/${encodeURIComponent(account)}/names`)
  const names = useMemo<BankNames>(() => {
    const value = told.state === 'ready' ? told.value : null
    const codes = new Map<string, Label>(
      [
        ...(value?.pipelines ?? []).flatMap(({ stages, ...pipeline }) => [pipeline, ...stages]),
        ...(value?.campaigns ?? []),
      ].map(({ code, name }) => [code, name]),
    )
    const branches = new Map(value?.branches.map(({ code, name }) => [code, name]))
    const people = new Map<string, string>(value?.people.map(({ id, name }) => [id, name]))
    return {
      of: (code) => codes.get(code) ?? nameOf(code),
      branch: (code) => branches.get(code) ?? { en: code, zh: code },
      person: (id) => people.get(id) || id,
      peopleByIds: people,
      branches: [...branches.keys()],
      takers: (value?.people ?? []).flatMap(({ name, email }) => (email ? [{ name, email }] : [])),
      withAbove: (codes) => {
        const found = new Set<string>()
        const add = (code: string): void => {
          if (found.has(code)) return
          found.add(code)
          const above = value?.branches.find((one) => one.code === code)?.parent
          if (above !== undefined && branches.has(above)) add(above)
        }
        codes.forEach(add)
        return [...found].sort()
      },
    }
  }, [told])
  return <NamesContext value={names}>{children}</NamesContext>
}

/** Names of the account that is shown; where none is connected, codes are called what the model calls them. */
export const NamesProvider = ({ children }: { children: ReactNode }): ReactNode => {
  const { account } = useSession()
  return account === undefined ? (
    children
  ) : (
    <Provider key={account} account={account}>
      {children}
    </Provider>
  )
}
