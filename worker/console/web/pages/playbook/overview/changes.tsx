import type { ReactNode } from 'react'
import type { PlaybookChange } from '../../../../../method/playbook/diff.ts'
import { useLanguage } from '../../../parts/language.tsx'
import { wordDiff } from './word-diff.ts'
import { texts } from './texts.ts'

const shown = (value: unknown): string =>
  value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value, null, 1)

/** What two versions tell differently, part by part, before beside after. */
export const Changes = ({ changes }: { changes: readonly PlaybookChange[] }): ReactNode => {
  const { say } = useLanguage()
  if (changes.length === 0) return <p className="soft">{say(texts.same)}</p>
  return (
    <ul className="plain changes">
      {changes.map(({ part, change, before, after }) => (
        <li key={part}>
          <details>
            <summary>
              <span className={change === 'removed' ? 'bad' : change === 'added' ? 'good' : undefined}>
                {say(texts[change])}
              </span>{' '}
              <code>{part}</code>
            </summary>
            <pre className="mono">
              {wordDiff(shown(before), shown(after)).map(({ kind, text }, index) =>
                kind === 'same' ? (
                  text
                ) : kind === 'gone' ? (
                  <del key={index}>{text}</del>
                ) : (
                  <ins key={index}>{text}</ins>
                ),
              )}
            </pre>
          </details>
        </li>
      ))}
    </ul>
  )
}
