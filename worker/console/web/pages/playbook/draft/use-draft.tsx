import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import type { Playbook } from '../../../../../../schemas/playbook/index.ts'
import { canonical } from '../../../../../method/playbook/hash.ts'
import type { Issue } from '../../../parts/api.ts'
import { useUser } from '../../../parts/session.tsx'
import type { Checked } from './check.ts'
import { keepDraft, readDraft } from './kept.ts'
import { at, type Path, put } from './path.ts'

/** A version as the account tells it. `at`: epoch ms. */
export interface Version {
  version: number
  state: 'draft' | 'active' | 'retired'
  at: number
  origin: string
  who: string
  reason: string
}

export interface InForce {
  version: number
  source: Playbook
}

export interface Drafted {
  /** The version in force. */
  active: InForce
  versions: Version[]
  /** The version that the draft was made from; another one may be in force by now. */
  base: number
  playbook: Playbook
  isChanged: boolean
  mayEdit: boolean
  /** What the check found last; null before the first one. */
  checked: Checked | null
  /** False while what was found is about an earlier word. */
  isChecked: boolean
  /** Something else at a place; undefined takes it away. */
  set: (path: Path, value: unknown) => void
  /** All of it, from a file or an earlier version. */
  replace: (playbook: Playbook, base?: number) => void
  undo: (() => void) | null
  discard: () => void
  /** Asks again what is in force. */
  again: () => void
}

const DraftContext = createContext<Drafted | null>(null)

export const useDraft = (): Drafted => {
  const draft = useContext(DraftContext)
  if (!draft) throw new Error('no draft around')
  return draft
}

/** What stands at a place of the draft, and how to put something else there. */
export const usePart = <T,>(path: Path): [T, (value: T | undefined) => void] => {
  const { playbook, set } = useDraft()
  return [at(playbook, path) as T, (value) => set(path, value)]
}

/** Today by this browser's clock, ISO date. */
export const today = (): string => {
  const now = new Date()
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
}

const STEPS = 50
const PAUSE_MS = 250

interface Held {
  base: number
  /** Null while nothing is changed: what is in force is shown then, whatever gets in force. */
  playbook: Playbook | null
  /** Earlier words of the draft, each with the version that it was made from. */
  past: Pick<Held, 'base' | 'playbook'>[]
}

const UNCHANGED: Held = { base: 0, playbook: null, past: [] }

const firstOf = (account: string): Held => {
  const kept = readDraft(account)
  return kept ? { ...kept, past: [] } : UNCHANGED
}

/** The draft and its check, kept in this tab until it is published or given up. */
export const DraftProvider = ({
  account,
  active,
  versions,
  again,
  children,
}: {
  account: string
  active: InForce
  versions: Version[]
  again: () => void
  children: ReactNode
}): ReactNode => {
  const [held, setHeld] = useState<Held>(() => firstOf(account))
  const [checked, setChecked] = useState<{ of: Playbook; result: Checked } | null>(null)
  const isAdmin = useUser().role === 'ADMIN'
  const inForce = useMemo(() => canonical(active.source), [active])
  const isChanged = useMemo(
    () => held.playbook !== null && canonical(held.playbook) !== inForce,
    [held.playbook, inForce],
  )
  const playbook = (isChanged ? held.playbook : null) ?? active.source
  const base = isChanged ? held.base : active.version

  useEffect(() => {
    keepDraft(account, isChanged ? { base, playbook } : null)
  }, [account, isChanged, base, playbook])

  useEffect(() => {
    // a draft that says what is in force is none
    if (!isChanged) setHeld((now) => (now.playbook === null ? now : { ...now, playbook: null }))
  }, [isChanged])

  useEffect(() => {
    if (!isChanged) return
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [isChanged])

  useEffect(() => {
    let isWanted = true
    const soon = setTimeout(() => {
      void import('./check.ts').then(({ checkPlaybook }) => {
        if (isWanted) setChecked({ of: playbook, result: checkPlaybook(playbook, active.source, today()) })
      })
    }, PAUSE_MS)
    return () => {
      isWanted = false
      clearTimeout(soon)
    }
  }, [playbook, active.source])

  const change = useCallback(
    (next: (now: Playbook) => Playbook, from?: number): void =>
      setHeld((now) => {
        const { base: made, playbook: word } = now
        return {
          base: from ?? (word === null ? active.version : made),
          playbook: next(word ?? active.source),
          past: [...now.past.slice(-STEPS), { base: made, playbook: word }],
        }
      }),
    [active],
  )

  const value = useMemo<Drafted>(
    () => ({
      active,
      versions,
      base,
      playbook,
      isChanged,
      mayEdit: isAdmin,
      checked: checked?.result ?? null,
      isChecked: checked?.of === playbook,
      set: (path, part) => {
        if (isAdmin) change((now) => put(now, path, part) as Playbook)
      },
      replace: (next, from) => change(() => next, from),
      undo:
        held.past.length > 0
          ? () => setHeld(({ past }) => ({ ...(past.at(-1) ?? UNCHANGED), past: past.slice(0, -1) }))
          : null,
      discard: () => setHeld(UNCHANGED),
      again,
    }),
    [active, versions, base, playbook, isChanged, isAdmin, checked, held.past, change, again],
  )
  return <DraftContext value={value}>{children}</DraftContext>
}

const isBelow = (place: string, path: string): boolean =>
  path === '' || (place.startsWith(path) && /^[.[]/.test(place.slice(path.length)))

/** What the check found at a place and below it. */
export const useIssues = (path: string, isExact = false): Issue[] => {
  const { checked } = useDraft()
  return useMemo(
    () => (checked?.issues ?? []).filter((one) => one.path === path || (!isExact && isBelow(one.path, path))),
    [checked, path, isExact],
  )
}
