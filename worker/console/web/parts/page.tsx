import Alert from 'antd/es/alert'
import Button from 'antd/es/button'
import Spin from 'antd/es/spin'
import { Component, type ReactNode } from 'react'
import { frameTexts } from '../texts/frame.ts'
import type { Fault } from './api.ts'
import { useLanguage } from './language.tsx'
import type { Loaded } from './use-data.ts'

/** A page: its name, what can be done with all of it, and its content. */
export const Page = ({
  title,
  extra,
  children,
}: {
  title: string
  extra?: ReactNode
  children: ReactNode
}): ReactNode => {
  return (
    <main id="content" className="page" tabIndex={-1}>
      <title>{`${title} · Ladder`}</title>
      <div className="page-head">
        <h1>{title}</h1>
        {extra !== undefined && <div className="page-extra">{extra}</div>}
      </div>
      {children}
    </main>
  )
}

export const Waiting = (): ReactNode => {
  const { say } = useLanguage()
  return (
    <div className="waiting" role="status">
      <Spin />
      <span>{say(frameTexts.loading)}</span>
    </div>
  )
}

/** What Ladder said instead of what was asked for. */
export const Refused = ({ fault, again }: { fault: Fault; again?: () => void }): ReactNode => {
  const { say } = useLanguage()
  return (
    <Alert
      type="error"
      showIcon
      title={say(fault.text)}
      action={again && <Button onClick={again}>{say(frameTexts.again)}</Button>}
    />
  )
}

/** Content that has to be asked for first. */
export const Shown = <T,>({
  of,
  again,
  children,
}: {
  of: Loaded<T>
  again?: () => void
  children: (value: T) => ReactNode
}): ReactNode => {
  if (of.state === 'loading') return <Waiting />
  if (of.state === 'failed') return <Refused fault={of.fault} {...(again ? { again } : {})} />
  return children(of.value)
}

const Broken = (): ReactNode => {
  const { say } = useLanguage()
  return (
    <main id="content" className="page">
      <Alert
        type="error"
        showIcon
        title={say(frameTexts.broken)}
        action={<Button onClick={() => location.reload()}>{say(frameTexts.reload)}</Button>}
      />
    </main>
  )
}

/** Keeps the frame standing when a page falls. */
export class Guard extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false }
  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true }
  }
  override render(): ReactNode {
    return this.state.hasFailed ? <Broken /> : this.props.children
  }
}
