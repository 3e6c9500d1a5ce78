import Button from 'antd/es/button'
import Input from 'antd/es/input/Input'
import Select from 'antd/es/select'
import { type ReactNode, useMemo } from 'react'
import type { Row } from '../../../../method/measures/report.ts'
import { useNames } from '../../parts/bank-names.tsx'
import { query } from '../../parts/api.ts'
import { useLanguage } from '../../parts/language.tsx'
import { Page, Shown } from '../../parts/page.tsx'
import { go, usePlace, withQuery } from '../../parts/router.tsx'
import { useAccountPath, useUser } from '../../parts/session.tsx'
import { useData } from '../../parts/use-data.ts'
import { Allocation } from './allocation.tsx'
import { Campaigns } from './campaigns.tsx'
import { Contacts } from './contacts.tsx'
import { Escalations } from './escalations.tsx'
import { NarrowContext } from './figure.tsx'
import { FourByTwo } from './four-by-two.tsx'
import { Pipelines } from './pipeline.tsx'
import { Glance } from './glance.tsx'
import { Rows } from './rows.ts'
import { Split } from './split.tsx'
import { texts } from './texts.ts'
import { Tiers } from './tiers.tsx'

interface Owners {
  branches: string[]
  rms: string[]
}
interface Report {
  on: string
  against: string
  rows: Row[]
  groups: { key: string; rows: Row[] }[]
}

const Picker = ({
  label,
  value,
  keys,
  all,
  none,
  named,
  onPick,
}: {
  label: string
  value: string
  keys: string[]
  all: string
  none: string
  named: (key: string) => string
  onPick: (key: string) => void
}): ReactNode => (
  <div className="field">
    <span>{label}</span>
    <Select
      aria-label={label}
      value={value}
      onChange={onPick}
      showSearch
      options={[{ value: '', label: all }, ...keys.filter(Boolean).map((key) => ({ value: key, label: named(key) }))]}
      notFoundContent={none}
      popupMatchSelectWidth={false}
      className="picker"
    />
  </div>
)

/** The figures of MEAS for managers: by branch and RM, on any day against any earlier one. */
export const Boards = (): ReactNode => {
  const { say } = useLanguage()
  const account = useAccountPath()
  const user = useUser()
  const names = useNames()
  const place = usePlace()
  const asked = {
    on: place.query.get('on') ?? '',
    against: place.query.get('against') ?? '',
    branch: place.query.get('branch') ?? '',
    rm: place.query.get('rm') ?? '',
  }
  const [report, again] = useData<Report>(`${account}/figures${query(asked)}`)
  // whom the boards can be narrowed to: those who have customers that one may see, and the branches above them
  const [all] = useData<Owners>(`${account}/owners`)
  const [inBranch] = useData<Owners>(asked.branch === '' ? null : `${account}/owners${query({ branch: asked.branch })}`)
  const branchKeys = all.state === 'ready' ? names.withAbove(all.value.branches) : []
  const rmsOf = asked.branch === '' ? all : inBranch
  const rmKeys = rmsOf.state === 'ready' ? rmsOf.value.rms : []
  const set = (changes: Record<string, string>): void => go(withQuery(place, changes), 'replace')
  const value = report.state === 'ready' ? report.value : null
  const rows = useMemo(() => new Rows(value?.rows ?? []), [value])
  const shownDays = { on: value?.on ?? asked.on, against: value?.against ?? asked.against }
  const narrow = useMemo(
    () => ({ branch: asked.branch, rm: asked.rm, on: shownDays.on, against: shownDays.against }),
    [asked.branch, asked.rm, shownDays.on, shownDays.against],
  )
  return (
    <Page
      title={say(texts.title)}
      extra={
        <Button type="primary" className="no-print" onClick={() => print()}>
          {say(texts.print)}
        </Button>
      }
    >
      <div className="row filters no-print">
        {user.role !== 'RM' && (
          <Picker
            label={say(texts.branch)}
            value={asked.branch}
            keys={branchKeys}
            all={say(texts.everyBranch)}
            named={(code) => say(names.branch(code))}
            none={say(texts.noBranch)}
            onPick={(branch) => set({ branch, rm: '' })}
          />
        )}
        {user.role !== 'RM' && (
          <Picker
            label={say(texts.rm)}
            value={asked.rm}
            keys={rmKeys}
            all={say(texts.everyRm)}
            named={names.person}
            none={say(texts.noRm)}
            onPick={(rm) => set({ rm })}
          />
        )}
        {(['on', 'against'] as const).map((name) => (
          <label key={name} className="field">
            <span>{say(texts[name])}</span>
            <Input type="date" value={shownDays[name]} onChange={({ target }) => set({ [name]: target.value })} />
          </label>
        ))}
      </div>
      <Shown of={report} again={again}>
        {({ on, against }) => (
          <NarrowContext value={narrow}>
            <p className="print-only">
              {say(texts.pack)} · {say({ en: texts.period.en(on, against), zh: texts.period.zh(on, against) })}
              {asked.branch && ` · ${say(texts.branch)} ${say(names.branch(asked.branch))}`}
              {asked.rm && ` · ${say(texts.rm)} ${names.person(asked.rm)}`}
            </p>
            <div className="stack">
              <Glance rows={rows} />
              <FourByTwo rows={rows} />
              <Pipelines rows={rows} />
              <div className="grid">
                <Tiers rows={rows} />
                <Contacts rows={rows} />
              </div>
              <Allocation />
              <Split />
              <Escalations rows={rows} />
              <Campaigns rows={rows} />
            </div>
          </NarrowContext>
        )}
      </Shown>
    </Page>
  )
}
