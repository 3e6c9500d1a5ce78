import Button from 'antd/es/button'
import { type ReactNode, useState } from 'react'
import { pathOf } from '../../../../../method/playbook/issues.ts'
import { useLanguage } from '../../../parts/language.tsx'
import type { Path } from '../draft/path.ts'
import { useDraft, usePart } from '../draft/use-draft.tsx'
import { IssuesAt } from '../issues.tsx'
import { texts } from './texts.ts'

/** A part as it is written down. It is taken over once it is JSON; the check tells whether it fits. */
export const JsonPart = ({ path }: { path: Path }): ReactNode => {
  const { say } = useLanguage()
  const { mayEdit } = useDraft()
  const [value, set] = usePart<unknown>(path)
  const [typed, setTyped] = useState<string | null>(null)
  const [refused, setRefused] = useState('')
  const whole = JSON.stringify(value, null, 2) ?? ''
  const take = (): void => {
    try {
      set((typed ?? whole).trim() === '' ? undefined : JSON.parse(typed ?? whole))
      setTyped(null)
      setRefused('')
    } catch (error) {
      setRefused(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <details className="json">
      <summary>{say(mayEdit ? texts.json : texts.jsonRead)}</summary>
      <div className="stack gap">
        <textarea
          className="mono"
          aria-label={`${say(texts.jsonRead)}: ${pathOf(path)}`}
          readOnly={!mayEdit}
          spellCheck={false}
          rows={Math.min(24, whole.split('\n').length + 1)}
          value={typed ?? whole}
          onChange={({ target }) => setTyped(target.value)}
        />
        {refused !== '' && (
          <p className="bad" role="alert">
            {say(texts.notJson)} {refused}
          </p>
        )}
        <IssuesAt path={pathOf(path)} isExact={false} />
        {mayEdit && (
          <div className="row">
            <Button onClick={take} disabled={typed === null}>
              {say(texts.take)}
            </Button>
          </div>
        )}
      </div>
    </details>
  )
}
