import Alert from 'antd/es/alert'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'

interface Notice {
  kind: 'success' | 'error' | 'info'
  text: string
}

const NoticeContext = createContext<(kind: Notice['kind'], text: string) => void>(() => undefined)

/** Tells in a few words what has just been done, or why not; read aloud too. */
export const useNotice = (): ((kind: Notice['kind'], text: string) => void) => useContext(NoticeContext)

const SHOWN_MS = 6000

export const NoticeProvider = ({ children }: { children: ReactNode }): ReactNode => {
  const [notice, setNotice] = useState<Notice | null>(null)
  useEffect(() => {
    if (notice?.kind !== 'success') return
    const over = setTimeout(() => setNotice(null), SHOWN_MS)
    return () => clearTimeout(over)
  }, [notice])
  return (
    <NoticeContext value={useCallback((kind, text) => setNotice({ kind, text }), [])}>
      {children}
      <div className="notice" role="status" aria-live="polite">
        {notice && (
          <Alert
            type={notice.kind}
            title={notice.text}
            showIcon
            closable={{ closeIcon: true, onClose: () => setNotice(null) }}
          />
        )}
      </div>
    </NoticeContext>
  )
}
