import type { Fields } from '../../../schemas/events/index.ts'
import { parseRef } from '../../../schemas/events/keys.ts'
import { audienceContext } from '../campaigns/audience.ts'
import type { CompiledScheme } from '../context.ts'
import { same, type Draft } from '../draft.ts'
import { MONEY, readProfile } from './readers.ts'

/** Gold by decision: ticked on the record, or told by core banking (TIER-CORP). */
export const goldOf = ({ state }: Draft): boolean => {
  if (state.profile.gold === true) return true
  const { object, id } = parseRef(state.ref)
  return state.records[object]?.[id]?.fields['ladderGold'] === true
}

/** The latest balance in fen by (at, id); null when none is known. */
export const amountOf = ({ state }: Draft): number | null => state.balances.at(-1)?.amount ?? null

/** What a scheme's table reads of a customer. Money in fen, dates ISO; null: not known. */
export const inputsOf = (draft: Draft, { inputs }: Pick<CompiledScheme, 'inputs'>): Fields => {
  let all: Fields | undefined
  return Object.fromEntries(
    inputs.map((name) => {
      // most tables read these two only: there is no need to look at everything for them
      if (name === 'amount' || name === 'balance') return [name, amountOf(draft)]
      if (name === 'gold') return [name, goldOf(draft)]
      const known = readProfile(draft.state, draft.ctx, name)
      if (known !== undefined) return [name, known]
      all ??= audienceContext(draft.state, draft.ctx)
      const value = all[name] ?? null
      return [name, MONEY.has(name) && typeof value === 'number' ? Math.round(value * 100) : value]
    }),
  )
}

/** Inputs as rules read them: money in yuan. */
export const forRules = (inputs: Fields): Fields =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      name,
      MONEY.has(name) && typeof value === 'number' ? value / 100 : value,
    ]),
  )

/** Whether anything is known that a customer could be rated by: a no alone is nothing. */
export const isKnown = (inputs: Fields): boolean => Object.values(inputs).some((value) => !same(value, null))

/** Whether a rating was made by just these inputs. */
export const sameInputs = (rated: Fields, inputs: Fields): boolean =>
  Object.entries(inputs).every(([name, value]) => same(rated[name] ?? null, value))
