import type { ReactNode } from 'react'
import type { Issue } from '../../parts/api.ts'
import { useLanguage } from '../../parts/language.tsx'
import { Go } from '../../parts/router.tsx'
import { pathFrom } from './draft/path.ts'
import { useDraft, useIssues } from './draft/use-draft.tsx'
import { placeText } from './place-text.ts'
import { placeOf } from './places.ts'
import { texts } from './texts.ts'

/** One finding in words, with what would be right. */
export const IssueText = ({ issue, children }: { issue: Issue; children?: ReactNode }): ReactNode => {
  const { say } = useLanguage()
  return (
    <span className={issue.severity === 'error' ? 'issue bad' : 'issue warn'}>
      <span aria-hidden="true">{issue.severity === 'error' ? '✕ ' : '⚠ '}</span>
      {say(issue.message)}
      {issue.example !== undefined && (
        <>
          {' '}
          {say(texts.example)} <code>{issue.example}</code>
        </>
      )}
      {children}
    </span>
  )
}

/** What was found at a place; `isExact`: not below it. */
export const IssuesAt = ({ path, isExact = true }: { path: string; isExact?: boolean }): ReactNode => {
  const found = useIssues(path, isExact)
  if (found.length === 0) return null
  return (
    <div role="alert" className="issues">
      {found.map((issue, index) => (
        <IssueText key={index} issue={issue} />
      ))}
    </div>
  )
}

/** All findings, each with the way to its place. */
export const IssueList = ({ issues }: { issues: readonly Issue[] }): ReactNode => {
  const { say } = useLanguage()
  const { playbook } = useDraft()
  return (
    <ul className="plain issues">
      {issues.map((issue, index) => (
        <li key={index}>
          <Go to={placeOf(issue.path)} title={issue.path}>
            {say(placeText(pathFrom(issue.path), playbook)) || issue.path}
          </Go>{' '}
          <IssueText issue={issue} />
          <span className="hidden">{say(texts.show)}</span>
        </li>
      ))}
    </ul>
  )
}
