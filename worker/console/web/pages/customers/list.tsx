import Alert from 'antd/es/alert'
import Button from 'antd/es/button'
import Input from 'antd/es/input/Input'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { call, type Fault, query } from '../../parts/api.ts'
import { behind } from '../../parts/behind.ts'
import { useNames } from '../../parts/bank-names.tsx'
import { moneyText, numberText } from '../../parts/format.ts'
import { useLanguage } from '../../parts/language.tsx'
import { nameOf } from '../../parts/names.ts'
import { Refused, Waiting } from '../../parts/page.tsx'
import { Go, go, usePlace, withQuery } from '../../parts/router.tsx'
import { useAccountPath } from '../../parts/session.tsx'
import { texts } from './texts.ts'

interface Row {
  ref: string
  name: string
  number: string
  branch: string
  rm: string
  tier: string
  balance: number | null
  due: string
  contact: string
  open: number
}
interface Listed {
  customers: Row[]
  total: number
  next: string | null
}

const STEP = 50
const TIERS = ['GOLD', 'HIGH_END', 'HIGH', 'MID', 'GENERAL', 'MASS', 'UNRATED'] as const
const SORTS = ['name', 'due', 'contact', 'balance'] as const

/** Pages of a list, one after the other. */
const usePages = (
  path: string,
): { rows: Row[]; told: Listed | null; fault: Fault | null; more: () => void; again: () => void } => {
  const [pages, setPages] = useState<{ path: string; rows: Row[]; told: Listed } | null>(null)
  const [fault, setFault] = useState<Fault | null>(null)
  const load = useCallback(
    async (after: string | null, before: Row[], isWanted: () => boolean) => {
      const answer = await call<Listed>('GET', `${path}${after === null ? '' : `&cursor=${encodeURIComponent(after)}`}`)
      if (!isWanted()) return
      setFault(answer.ok ? null : answer)
      if (answer.ok) setPages({ path, rows: [...before, ...answer.value.customers], told: answer.value })
    },
    [path],
  )
  useEffect(() => {
    let isWanted = true
    void load(null, [], () => isWanted)
    return () => {
      isWanted = false
    }
  }, [load])
  return {
    rows: pages?.rows ?? [],
    told: pages?.told ?? null,
    fault,
    more: () => void load(pages?.told.next ?? null, pages?.rows ?? [], () => true),
    again: () => void load(null, [], () => true),
  }
}

const Filters = (): ReactNode => {
  const { say } = useLanguage()
  const place = usePlace()
  const [wanted, setWanted] = useState(place.query.get('search') ?? '')
  const set = (changes: Record<string, string>): void => go(withQuery(place, changes), 'replace')
  return (
    <form
      className="row filters"
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        set({ search: wanted.trim() })
      }}
    >
      <label className="field">
        <span>{say(texts.search)}</span>
        <Input value={wanted} onChange={({ target }) => setWanted(target.value)} allowClear />
      </label>
      <label className="field">
        <span>{say(texts.tier)}</span>
        <select value={place.query.get('tier') ?? ''} onChange={({ target }) => set({ tier: target.value })}>
          <option value="">{say(texts.everyTier)}</option>
          {TIERS.map((tier) => (
            <option key={tier} value={tier}>
              {say(nameOf(tier))}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{say(texts.order)}</span>
        <select value={place.query.get('sort') ?? 'name'} onChange={({ target }) => set({ sort: target.value })}>
          {SORTS.map((sort) => (
            <option key={sort} value={sort}>
              {say(texts[sort])}
            </option>
          ))}
        </select>
      </label>
      <Button htmlType="submit" className="at-foot">
        {say(texts.find)}
      </Button>
    </form>
  )
}

/** Customers by name, tier, or the figure that they stand behind. */
export const List = (): ReactNode => {
  const { say, language } = useLanguage()
  const names = useNames()
  const account = useAccountPath()
  const { query: asked } = usePlace()
  const [id, code] = [asked.get('figure') ?? '', asked.get('code') ?? '']
  const narrow = (id === '' ? null : behind(id, code)) ?? {}
  const sort = asked.get('sort') ?? narrow.sort ?? 'name'
  const path = `${account}/customers${query({
    limit: STEP,
    branch: asked.get('branch') ?? '',
    rm: asked.get('rm') ?? '',
    search: asked.get('search') ?? '',
    tier: asked.get('tier') ?? narrow.tier ?? '',
    figure: narrow.figure ?? '',
    sort,
    order: sort === 'balance' || sort === 'contact' ? 'desc' : 'asc',
  })}`
  const { rows, told, fault, more, again } = usePages(path)
  return (
    <div className="stack">
      {id !== '' && (
        <Alert
          type="info"
          title={`${say(texts.behind)}: ${id} · ${code
            .split(/[/]/)
            .map((part) =>
              part
                .split('→')
                .map((one) => say(names.of(one)))
                .join(' → '),
            )
            .join(' · ')}`}
          description={say(texts.now)}
          action={<Go to="/customers">{say(texts.everybody)}</Go>}
        />
      )}
      <Filters key={asked.get('search') ?? ''} />
      {fault && <Refused fault={fault} again={again} />}
      {told === null && !fault && <Waiting />}
      {told && (
        <>
          <p role="status">
            {say({
              en: texts.total.en(numberText(told.total, language)),
              zh: texts.total.zh(numberText(told.total, language)),
            })}
          </p>
          {rows.length === 0 ? (
            <p className="card">{say(texts.nobody)}</p>
          ) : (
            <div className="card scroll" tabIndex={0}>
              <table className="figures list">
                <thead>
                  <tr>
                    {(['name', 'number', 'tier', 'balance', 'due', 'contact', 'branch', 'rm', 'open'] as const).map(
                      (name) => (
                        <th key={name} scope="col">
                          {say(texts[name])}
                        </th>
                      ),
                    )}
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.ref}>
                      <td>
                        <Go to={`/customers/${encodeURIComponent(row.ref)}`}>{row.name || row.ref}</Go>
                      </td>
                      <td>{row.number}</td>
                      <td>{say(nameOf(row.tier))}</td>
                      <td>{row.balance === null ? '–' : moneyText(row.balance, language)}</td>
                      <td>{row.due}</td>
                      <td>{row.contact}</td>
                      <td>{say(names.branch(row.branch))}</td>
                      <td>{names.person(row.rm)}</td>
                      <td className={row.open > 0 ? 'bad' : ''}>{row.open}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {told.next !== null && <Button onClick={more}>{say(texts.more)}</Button>}
            </div>
          )}
        </>
      )}
    </div>
  )
}
