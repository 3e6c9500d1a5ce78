import Button from 'antd/es/button'
import { type ReactNode, useState } from 'react'
import { call } from '../../parts/api.ts'
import { objectName } from '../../parts/field-name.tsx'
import { timeText } from '../../parts/format.ts'
import { useLanguage } from '../../parts/language.tsx'
import { useNotice } from '../../parts/notice.tsx'
import { Shown } from '../../parts/page.tsx'
import { Go, usePlace } from '../../parts/router.tsx'
import { useAccountPath, useUser } from '../../parts/session.tsx'
import { type Why, WhyText } from '../../parts/traces.tsx'
import { useData } from '../../parts/use-data.ts'
import { texts } from './texts.ts'

interface Letter {
  seq: number
  object: string
  target: string
  fields: unknown
  why: Why
  at: number
  tries: number
  reason: string
}

/** What the CRM refused for good, with the reason; sent again one by one or all. */
export const Letters = (): ReactNode => {
  const { say, language } = useLanguage()
  const tell = useNotice()
  const account = useAccountPath()
  const isAdmin = useUser().role === 'ADMIN'
  const [letters, again] = useData<{ deadLetters: Letter[] }>(`${account}/dead-letters?limit=500`)
  const target = usePlace().query.get('target')
  const [busy, setBusy] = useState<number | 'all' | null>(null)
  const send = async (seq: number | null): Promise<void> => {
    setBusy(seq ?? 'all')
    const answer = await call<{ replayed: number }>('POST', `${account}/replay`, { seq })
    setBusy(null)
    if (!answer.ok) return tell('error', say(answer.text))
    const { replayed } = answer.value
    tell('success', say({ en: texts.sent.en(replayed), zh: texts.sent.zh(replayed) }))
    again()
  }
  return (
    <Shown of={letters} again={again}>
      {({ deadLetters }) =>
        deadLetters.length === 0 ? (
          <p className="card">{say(texts.noLetters)}</p>
        ) : (
          <div className="stack">
            <div className="row between">
              <p className="soft">{say(texts.lettersAbout)}</p>
              {isAdmin && (
                <Button type="primary" loading={busy === 'all'} onClick={() => void send(null)}>
                  {say(texts.allAgain)}
                </Button>
              )}
            </div>
            {target !== null && (
              <p>
                {say(texts.onlyOf)} <span className="mono">{target}</span> ·{' '}
                <Go to="/activity/letters">{say(texts.allLetters)}</Go>
              </p>
            )}
            {deadLetters
              .filter((letter) => target === null || letter.target === target)
              .map((letter) => (
                <article key={letter.seq} className="card stack">
                  <div className="row between">
                    <strong>
                      {say(objectName(letter.object))} <span className="mono">{letter.target}</span>
                    </strong>
                    {isAdmin && (
                      <Button loading={busy === letter.seq} onClick={() => void send(letter.seq)}>
                        {say(texts.again)}
                      </Button>
                    )}
                  </div>
                  <div className="bad">
                    {say(texts.reason)}: {letter.reason}
                  </div>
                  <div className="soft">
                    {timeText(letter.at, language)} · {say(texts.tries)} {letter.tries}
                  </div>
                  <WhyText why={letter.why} />
                  <details>
                    <summary>{say(texts.fields)}</summary>
                    <pre className="mono">{JSON.stringify(letter.fields, null, 1)}</pre>
                  </details>
                </article>
              ))}
          </div>
        )
      }
    </Shown>
  )
}
