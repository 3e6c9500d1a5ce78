import { type ReactNode, useMemo } from 'react'
import type { Label } from '../../../../../schemas/model/define.ts'
import { useLanguage } from '../../parts/language.tsx'
import { nameOf } from '../../parts/names.ts'
import { Go } from '../../parts/router.tsx'
import { useDraft } from './draft/use-draft.tsx'
import { Section } from './form/section.tsx'
import { Heads } from '../../parts/heads.tsx'

const texts = {
  title: { en: 'Least contacts a year, by tier', zh: '各等级每年最少联系次数' },
  about: {
    en: 'They stand in the tier tables, as a result of each row.',
    zh: '由分级规则表的各行给出。',
  },
  tier: { en: 'Tier', zh: '等级' },
  contacts: { en: 'Contacts a year', zh: '每年联系次数' },
  table: { en: 'Table', zh: '规则表' },
  row: { en: 'Row', zh: '行' },
} satisfies Record<string, Label>

/** How often each tier is contacted, who visits, what is asked of RMs, and when lists come. */
export const Cadences = (): ReactNode => {
  const { say } = useLanguage()
  const { playbook } = useDraft()
  const rows = useMemo(
    () =>
      playbook.tables.flatMap(({ code, table }) => {
        const column = (name: string): number => table.outputs.findIndex((output) => output.name === name)
        if (column('contactsPerYear') < 0) return []
        return table.rules.map(({ id, then }) => ({
          code,
          id,
          tier: (then[column('tier')] ?? '').replaceAll('"', ''),
          contacts: then[column('contactsPerYear')] ?? '',
        }))
      }),
    [playbook.tables],
  )
  return (
    <div className="stack">
      <section className="card" aria-labelledby="contacts">
        <h2 id="contacts">{say(texts.title)}</h2>
        <p className="soft">{say(texts.about)}</p>
        <div className="scroll" tabIndex={0} role="group" aria-label={say(texts.title)}>
          <table className="figures list">
            <thead>
              <Heads of={(['tier', 'contacts', 'table', 'row'] as const).map((name) => texts[name])} />
            </thead>
            <tbody>
              {rows.map(({ code, id, tier, contacts }) => (
                <tr key={id}>
                  <th scope="row">{say(nameOf(tier))}</th>
                  <td>{contacts}</td>
                  <td>
                    <Go to={`/playbook/tables/${code}`}>{code}</Go>
                  </td>
                  <td className="mono">{id}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      {['cadence', 'calls', 'leaderVisits', 'weekly'].map((name) => (
        <Section key={name} name={name} />
      ))}
    </div>
  )
}

/** Who holds which role, for whom and when; deputies and absences; the bank's branches. */
export const People = (): ReactNode => (
  <div className="stack">
    <Section name="roles" />
    <Section name="branches" />
  </div>
)
