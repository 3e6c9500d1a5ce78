import type { ReactNode } from 'react'
import { Go } from './router.tsx'

/** The parts of a page, each under an address of its own. */
export const SubNav = ({
  label,
  parts,
  open,
}: {
  label: string
  parts: { to: string; name: string; text: string; mark?: ReactNode }[]
  open: string
}): ReactNode => (
  <nav className="subnav" aria-label={label}>
    {parts.map(({ to, name, text, mark }) => (
      <Go key={name} to={to} aria-current={open === name ? 'page' : undefined}>
        {text}
        {mark}
      </Go>
    ))}
  </nav>
)
