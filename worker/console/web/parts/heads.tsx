import type { ReactNode } from 'react'
import type { Label } from '../../../../schemas/model/define.ts'
import { useLanguage } from './language.tsx'

/** The row that names the columns of a table. */
export const Heads = ({ of }: { of: readonly Label[] }): ReactNode => {
  const { say } = useLanguage()
  return (
    <tr>
      {of.map((label) => (
        <th key={label.en} scope="col">
          {say(label)}
        </th>
      ))}
    </tr>
  )
}
