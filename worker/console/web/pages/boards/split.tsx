import Button from 'antd/es/button'
import { type ReactNode, useState } from 'react'
import type { Split as Answer } from '../../../../method/gather/split.ts'
import { moneyText } from '../../parts/format.ts'
import { useLanguage } from '../../parts/language.tsx'
import { Shown } from '../../parts/page.tsx'
import { useAccountPath } from '../../parts/session.tsx'
import { useData } from '../../parts/use-data.ts'
import { texts } from './texts.ts'

/** The real 80/20 (TIER-8020): how few bring 80 % of the balance, and whether the effort goes to them. All customers are asked. */
export const Split = (): ReactNode => {
  const { language, say } = useLanguage()
  const account = useAccountPath()
  const [isAsked, ask] = useState(false)
  const [found, again] = useData<Answer>(isAsked ? `${account}/split?of=balance` : null)
  return (
    <section aria-labelledby="split" className="card">
      <h2 id="split">{say(texts.split)}</h2>
      {isAsked ? (
        <Shown of={found} again={again}>
          {({ customers, total, part, share, contacts, effort }) =>
            share === null ? (
              <p className="soft">{say(texts.noSplit)}</p>
            ) : (
              <>
                <p>{say(texts.brings(share, customers, part, moneyText(total, language)))}</p>
                <p>{say(effort === null ? texts.noEffort : texts.effort(effort, contacts, part))}</p>
              </>
            )
          }
        </Shown>
      ) : (
        <Button className="no-print" onClick={() => ask(true)}>
          {say(texts.reckon)}
        </Button>
      )}
    </section>
  )
}
