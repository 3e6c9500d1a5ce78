import { type AnchorHTMLAttributes, type MouseEvent, type ReactNode, useSyncExternalStore } from 'react'

const BASE = '/console'
const listeners = new Set<() => void>()

const subscribe = (told: () => void): (() => void) => {
  listeners.add(told)
  addEventListener('popstate', told)
  return () => {
    listeners.delete(told)
    removeEventListener('popstate', told)
  }
}

/** Goes to a page of the console; `/boards?branch=1` stands for `/console/boards?branch=1`. */
export const go = (to: string, how: 'push' | 'replace' = 'push'): void => {
  history[how === 'push' ? 'pushState' : 'replaceState'](null, '', BASE + to)
  if (how === 'push') scrollTo(0, 0)
  for (const told of listeners) told()
}

export interface Place {
  /** `['playbook', 'tables', 'TIER_CORP']` */
  path: string[]
  query: URLSearchParams
}

/** Where in the console the page is. */
export const usePlace = (): Place => {
  const at = useSyncExternalStore(subscribe, () => location.pathname + location.search)
  const { pathname, searchParams } = new URL(at, location.origin)
  const path = pathname.slice(BASE.length).split('/').filter(Boolean).map(decodeURIComponent)
  return { path, query: searchParams }
}

/** The same page with other words in its address; an empty one is left out. */
export const withQuery = ({ path, query }: Place, changes: Record<string, string>): string => {
  const next = new URLSearchParams(query)
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') next.delete(name)
    else next.set(name, value)
  }
  const text = next.toString()
  return `/${path.map(encodeURIComponent).join('/')}${text === '' ? '' : `?${text}`}`
}

const isPlain = (event: MouseEvent): boolean =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey

/** A link to another page of the console. */
export const Go = ({
  to,
  children,
  ...rest
}: { to: string; children: ReactNode } & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'>): ReactNode => (
  <a
    {...rest}
    href={BASE + to}
    onClick={(event) => {
      if (!isPlain(event)) return
      event.preventDefault()
      go(to)
    }}
  >
    {children}
  </a>
)
