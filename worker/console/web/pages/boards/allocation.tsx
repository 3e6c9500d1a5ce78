import { type ReactNode, useContext } from 'react'
import type { Row } from '../../../../method/measures/report.ts'
import { query } from '../../parts/api.ts'
import { useNames } from '../../parts/bank-names.tsx'
import { Heads } from '../../parts/heads.tsx'
import { useLanguage } from '../../parts/language.tsx'
import { nameOf } from '../../parts/names.ts'
import { useAccountPath } from '../../parts/session.tsx'
import { useData } from '../../parts/use-data.ts'
import { Figure, NarrowContext } from './figure.tsx'
import { columnsOf, Rows } from './rows.ts'
import { texts } from './texts.ts'

interface ByBranch {
  rows: Row[]
  groups: { key: string; rows: Row[] }[]
}

/** The branch allocation table (TIER-ALLOC): customers by value, and with products of each kind; a number leads to who they are. */
export const Allocation = (): ReactNode => {
  const { say } = useLanguage()
  const names = useNames()
  const narrow = useContext(NarrowContext)
  const { branch, rm, on, against } = narrow
  const [found] = useData<ByBranch>(`${useAccountPath()}/figures${query({ by: 'branch', branch, rm, on, against })}`)
  if (found.state !== 'ready') return null
  const { rows, groups } = found.value
  const columns = columnsOf(rows)
  if (columns.length === 0) return null
  const lines = groups.length > 1 ? [...groups, { key: null, rows }] : [{ key: null, rows }]
  return (
    <section aria-labelledby="allocation" className="card">
      <h2 id="allocation">{say(texts.allocation)}</h2>
      <div className="scroll" tabIndex={0}>
        <table className="figures">
          <thead>
            <Heads of={[texts.branch, ...columns.map(nameOf)]} />
          </thead>
          <tbody>
            {lines.map(({ key, rows: own }) => (
              <tr key={key ?? '*'}>
                <th scope="row">
                  {key === null ? say(texts.everyBranch) : key === '' ? say(texts.noBranch) : say(names.branch(key))}
                </th>
                {columns.map((code) => (
                  <td key={code}>
                    <NarrowContext value={key ? { ...narrow, branch: key } : narrow}>
                      <Figure row={new Rows(own).one('TIER-ALLOC', code)} />
                    </NarrowContext>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
