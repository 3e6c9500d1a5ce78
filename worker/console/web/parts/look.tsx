import ConfigProvider from 'antd/es/config-provider'
import en from 'antd/es/locale/en_US'
import zh from 'antd/es/locale/zh_CN'
import theme from 'antd/es/theme'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { keep, kept } from './kept.ts'
import { useLanguage } from './language.tsx'

type Look = 'light' | 'dark'
const LookContext = createContext<{ look: Look; turn: () => void }>({ look: 'light', turn: () => undefined })
export const useLook = (): { look: Look; turn: () => void } => useContext(LookContext)

const dark = matchMedia('(prefers-color-scheme: dark)')
/** Whoever asked their machine for no motion gets none. */
const motion = !matchMedia('(prefers-reduced-motion: reduce)').matches
const first = (): Look => {
  const known = kept('theme')
  return known === 'dark' || known === 'light' ? known : dark.matches ? 'dark' : 'light'
}

/** The nonce that this page's styles may stand under. */
const nonce = document.querySelector<HTMLScriptElement>('script[type=module]')?.nonce ?? ''

/** Greys that can be read: the kit's own third and fourth are too faint for small text. */
const READABLE = {
  light: { colorTextTertiary: 'rgba(0,0,0,.62)', colorTextPlaceholder: 'rgba(0,0,0,.6)', colorPrimary: '#0a5fb4' },
  dark: {
    colorTextTertiary: 'rgba(255,255,255,.66)',
    colorTextPlaceholder: 'rgba(255,255,255,.62)',
    colorPrimary: '#1f6fd0',
    colorLink: '#7db6ff',
  },
} as const

/** Colours, language and style nonce of all that Ant Design shows. */
export const LookProvider = ({ children }: { children: ReactNode }): ReactNode => {
  const { language } = useLanguage()
  const [look, setLook] = useState(first)
  useEffect(() => {
    document.documentElement.dataset['look'] = look
  }, [look])
  const turn = (): void => {
    const next = look === 'dark' ? 'light' : 'dark'
    keep('theme', next)
    setLook(next)
  }
  return (
    <LookContext value={{ look, turn }}>
      <ConfigProvider
        locale={language === 'zh' ? zh : en}
        csp={{ nonce }}
        button={{ autoInsertSpace: false }}
        theme={{
          algorithm: look === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
          token: { borderRadius: 6, motion, fontFamily: 'inherit', ...READABLE[look] },
        }}
      >
        {children}
      </ConfigProvider>
    </LookContext>
  )
}
