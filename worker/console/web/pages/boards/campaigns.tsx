import type { ReactNode } from 'react'
import { useNames } from '../../parts/bank-names.tsx'
import { Heads } from '../../parts/heads.tsx'
import { useLanguage } from '../../parts/language.tsx'
import { Figure } from './figure.tsx'
import type { Rows } from './rows.ts'
import { texts } from './texts.ts'

const COLUMNS = [
  'INVITED',
  'CONFIRMED',
  'ATTENDED',
  'LEADS',
  'PRODUCTS_WON',
  'BALANCE_WON',
  'COST_PER_PRODUCT',
] as const

/** What campaigns have brought (MEAS-CAMP). */
export const Campaigns = ({ rows }: { rows: Rows }): ReactNode => {
  const { say } = useLanguage()
  const names = useNames()
  const campaigns = rows.heads('MEAS-CAMP')
  return (
    <section aria-labelledby="campaigns" className="card wide">
      <h2 id="campaigns">{say(texts.campaigns)}</h2>
      {campaigns.length === 0 ? (
        <p className="soft">{say(texts.noCampaigns)}</p>
      ) : (
        <div className="scroll" tabIndex={0}>
          <table className="figures">
            <thead>
              <Heads of={[texts.campaign, ...COLUMNS.map((code) => texts[code])]} />
            </thead>
            <tbody>
              {campaigns.map((campaign) => (
                <tr key={campaign}>
                  <th scope="row">{say(names.of(campaign))}</th>
                  {COLUMNS.map((code) => (
                    <td key={code}>
                      <Figure row={rows.one('MEAS-CAMP', `${campaign}/${code}`)} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
