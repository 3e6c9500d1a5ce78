import Alert from 'antd/es/alert'
import type { Label } from '../../../../../schemas/model/define.ts'
import Button from 'antd/es/button'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { call } from '../../parts/api.ts'
import { useLanguage } from '../../parts/language.tsx'
import { useNotice } from '../../parts/notice.tsx'
import { Page, Shown } from '../../parts/page.tsx'
import { Go } from '../../parts/router.tsx'
import { useSession } from '../../parts/session.tsx'
import { useData } from '../../parts/use-data.ts'
import { WishForm } from './form.tsx'
import { type Action, ACTIONS, beginJob, commandsFor, followJob, type Job, type Wish } from './jobs.ts'
import { isPassed, Outcome } from './outcome.tsx'
import { texts } from './texts.ts'

const ABOUT = {
  doctor: texts.doctorAbout,
  plan: texts.planAbout,
  apply: texts.applyAbout,
  verify: texts.verifyAbout,
} as const

const NOTHING: Wish = {
  crm: 'twenty',
  url: '',
  token: '',
  account: '',
  clientSecret: '',
  clientId: '',
  carrier: 'auto',
}

/** What was filled in but for the secrets: for a page that is loaded again. */
const PLACE = 'ladder.connect'
const remembered = (): Wish => {
  try {
    return { ...NOTHING, ...(JSON.parse(sessionStorage.getItem(PLACE) ?? '{}') as Partial<Wish>) }
  } catch {
    return NOTHING
  }
}

type Jobs = Partial<Record<Action, Job>>

/** The runs of this page; one that goes on already is taken up. */
const useJobs = (): { jobs: Jobs; begin: (action: Action, wish: Wish) => Promise<Label | null> } => {
  const { refresh } = useSession()
  const [jobs, setJobs] = useState<Jobs>({})
  const isHere = useRef(true)
  const follow = useCallback(
    async (job: Job) => {
      const tell = (now: Job): void => setJobs((before) => ({ ...before, [now.action]: now }))
      tell(job)
      const end = await followJob(job, tell, () => isHere.current)
      if (!isHere.current) return
      tell(end)
      if (end.action === 'apply' && isPassed(end)) await refresh()
    },
    [refresh],
  )
  useEffect(() => {
    isHere.current = true
    void call<{ job: Job | null }>('GET', '/install/jobs').then((answer) => {
      if (answer.ok && answer.value.job && isHere.current) void follow(answer.value.job)
    })
    return () => {
      isHere.current = false
    }
  }, [follow])
  const begin = async (action: Action, wish: Wish): Promise<Label | null> => {
    const answer = await beginJob(action, wish)
    if (!answer.ok) return answer.text
    void follow(answer.value)
    return null
  }
  return { jobs, begin }
}

const Guided = ({ wish }: { wish: Wish }): ReactNode => {
  const { say } = useLanguage()
  const tell = useNotice()
  const { jobs, begin } = useJobs()
  const running = ACTIONS.find((action) => jobs[action]?.state === 'running')
  const isFilled = wish.token.trim() !== '' && (wish.crm === 'hubspot' || wish.url.trim() !== '')
  const mayRun = (action: Action): boolean => {
    if (running !== undefined || !isFilled) return false
    if (action !== 'apply') return true
    // nothing is made that nobody has seen the plan of
    return (jobs.plan !== undefined && isPassed(jobs.plan)) || jobs.apply?.state === 'stopped'
  }
  const run = async (action: Action): Promise<void> => {
    const fault = await begin(action, wish)
    if (fault !== null) tell('error', say(fault))
  }
  return (
    <>
      {!isFilled && <p className="soft">{say(texts.required)}</p>}
      {ACTIONS.map((action, at) => {
        const job = jobs[action]
        const name = say(texts[action])
        const words = job ? texts.rerun : texts.run
        return (
          <section key={action} className="card stack" aria-labelledby={`do-${action}`}>
            <div className="row between">
              <div>
                <h2 id={`do-${action}`}>
                  {at + 1}. {name}
                </h2>
                <span className="soft">{say(ABOUT[action])}</span>
              </div>
              <div className="row">
                {job?.state === 'running' && (
                  <Button onClick={() => void call('DELETE', `/install/jobs/${job.id}`)}>{say(texts.stop)}</Button>
                )}
                <Button
                  type={action === 'apply' ? 'primary' : 'default'}
                  disabled={!mayRun(action)}
                  loading={job?.state === 'running'}
                  onClick={() => void run(action)}
                >
                  {job?.state === 'running' ? say(texts.running) : say({ en: words.en(name), zh: words.zh(name) })}
                </Button>
              </div>
            </div>
            {job && <Outcome job={job} />}
          </section>
        )
      })}
      {jobs.verify && isPassed(jobs.verify) && (
        <Alert
          type="success"
          showIcon
          title={say(texts.finished)}
          description={<Go to="/boards">{say(texts.toBoards)}</Go>}
        />
      )}
    </>
  )
}

const ByHand = ({ wish, ladderUrl }: { wish: Wish; ladderUrl: string }): ReactNode => {
  const { say } = useLanguage()
  const tell = useNotice()
  const text = commandsFor(wish, ladderUrl)
  return (
    <section className="card stack">
      <p>{say(texts.notOffered)}</p>
      <pre className="mono">{text}</pre>
      <div>
        <Button onClick={() => void navigator.clipboard.writeText(text).then(() => tell('success', say(texts.copied)))}>
          {say(texts.copy)}
        </Button>
      </div>
    </section>
  )
}

/** Connects a CRM: which one, examined, planned, applied, verified. */
export const Connect = (): ReactNode => {
  const { say } = useLanguage()
  const { session } = useSession()
  const [wish, setWish] = useState(remembered)
  const [offer, again] = useData<{ offered: boolean; ladderUrl: string }>('/install')
  const accounts = session.state === 'in' ? session.accounts : []
  const change = (next: Wish): void => {
    setWish(next)
    sessionStorage.setItem(PLACE, JSON.stringify({ ...next, token: '', clientSecret: '' }))
  }
  return (
    <Page title={say(texts.title)}>
      <div className="stack">
        <p className="soft">{say(texts.about)}</p>
        {accounts.length > 0 && (
          <p>
            {say(texts.connected)}: <strong>{accounts.join(', ')}</strong>
          </p>
        )}
        <section className="card">
          <WishForm wish={wish} onChange={change} />
        </section>
        <Shown of={offer} again={again}>
          {({ offered, ladderUrl }) =>
            offered ? <Guided wish={wish} /> : <ByHand wish={wish} ladderUrl={ladderUrl} />
          }
        </Shown>
      </div>
    </Page>
  )
}
