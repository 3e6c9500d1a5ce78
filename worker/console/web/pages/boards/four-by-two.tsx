import type { ReactNode } from 'react'
import { figureText } from '../../parts/format.ts'
import { useLanguage } from '../../parts/language.tsx'
import { Change, Figure } from './figure.tsx'
import type { Rows } from './rows.ts'
import { texts } from './texts.ts'

const PAIRS = [
  { title: 'tooMany', codes: ['SLEEPING', 'LOW_VALUE'], better: 'less' },
  { title: 'tooFew', codes: ['PRODUCTS_PER_CUSTOMER', 'CHANNELS_PER_CUSTOMER'], better: 'more' },
  { title: 'tooHigh', codes: ['LOSS_RATE', 'COST_OF_WINNING'], better: 'less' },
  { title: 'tooLow', codes: ['RETENTION', 'ACTIVATION'], better: 'more' },
] as const

/** The eight figures of MEAS-4x2, now against before. */
export const FourByTwo = ({ rows }: { rows: Rows }): ReactNode => {
  const { say, language } = useLanguage()
  return (
    <section aria-labelledby="four" className="card">
      <h2 id="four">{say(texts.fourByTwo)}</h2>
      <div className="four">
        {PAIRS.map(({ title, codes, better }) => (
          <div key={title}>
            <h3 className="soft">{say(texts[title])}</h3>
            <dl>
              {codes.map((code) => {
                const row = rows.one('MEAS-4x2', code)
                return (
                  <div key={code} className="tile">
                    <dt>{say(texts[code])}</dt>
                    <dd className="big">
                      <Figure row={row} />
                    </dd>
                    <dd className="soft">
                      {say(texts.before)} {row ? figureText(row.before, row.unit, language) : '–'} ·{' '}
                      <Change row={row} better={better} />
                    </dd>
                  </div>
                )
              })}
            </dl>
          </div>
        ))}
      </div>
    </section>
  )
}
