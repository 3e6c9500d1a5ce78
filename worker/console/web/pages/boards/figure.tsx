import { createContext, type ReactNode, useContext } from 'react'
import type { Row } from '../../../../method/measures/report.ts'
import { query } from '../../parts/api.ts'
import { behind } from '../../parts/behind.ts'
import { figureText } from '../../parts/format.ts'
import { useLanguage } from '../../parts/language.tsx'
import { Go } from '../../parts/router.tsx'
import { texts } from './texts.ts'

/** What the boards are narrowed to: goes along to the list of customers. */
export interface Narrow {
  branch: string
  rm: string
  on: string
  against: string
}
export const NarrowContext = createContext<Narrow>({ branch: '', rm: '', on: '', against: '' })

/** Where the customers behind a figure are listed. */
export const useCustomersOf = (): ((id: string, code: string) => string) => {
  const narrow = useContext(NarrowContext)
  return (id, code) => `/customers${query({ figure: id, code, ...narrow })}`
}

/** A figure that leads to its customers. */
export const Figure = ({ row, was }: { row: Row | undefined; was?: boolean }): ReactNode => {
  const { language, say } = useLanguage()
  const to = useCustomersOf()
  if (!row) return <>–</>
  const value = was ? row.before : row.now
  const text = figureText(value, row.unit, language)
  if (was || value === null || value === 0 || behind(row.id, row.code) === null) return <>{text}</>
  return (
    <Go to={to(row.id, row.code)} title={say(texts.customers)}>
      {text}
    </Go>
  )
}

/** The difference, `+3`; in the colour of better or worse where the figure has such a side. */
export const Change = ({ row, better }: { row: Row | undefined; better?: 'more' | 'less' }): ReactNode => {
  const { language } = useLanguage()
  if (!row || row.now === null || row.before === null) return <>–</>
  const change = Math.round((row.now - row.before) * 100) / 100
  const text = `${change > 0 ? '+' : ''}${figureText(change, row.unit, language)}`
  if (change === 0 || better === undefined) return <>{text}</>
  return <span className={change > 0 === (better === 'more') ? 'good' : 'bad'}>{text}</span>
}
