import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import type { Label } from '../../../../schemas/model/define.ts'
import { kept, keep } from './kept.ts'

export type Language = 'zh' | 'en'

interface Spoken {
  language: Language
  /** A text of both languages, in the one that is shown. */
  say: (label: Readonly<Label>) => string
  turn: () => void
}

const LanguageContext = createContext<Spoken>({ language: 'zh', say: ({ zh }) => zh, turn: () => undefined })

export const useLanguage = (): Spoken => useContext(LanguageContext)

const first = (): Language => {
  const known = kept('language')
  if (known === 'zh' || known === 'en') return known
  return navigator.language.startsWith('zh') ? 'zh' : 'en'
}

/** Which language the page speaks: the browser's at first, then the one that was chosen last. */
export const LanguageProvider = ({ children }: { children: ReactNode }): ReactNode => {
  const [language, setLanguage] = useState(first)
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
    keep('language', language)
  }, [language])
  const spoken = useMemo<Spoken>(
    () => ({
      language,
      say: (label) => label[language],
      turn: () => setLanguage((now) => (now === 'zh' ? 'en' : 'zh')),
    }),
    [language],
  )
  return <LanguageContext value={spoken}>{children}</LanguageContext>
}
