/**
 * A figure that is added up over customers (MEAS): its name, a code that tells it from its like (a tier, a stage), and whose it
 * is. Branch and RM are '' where there is none. As text `name|code|branch|rm`, which is how a Book keeps it.
 */
export interface FigureKey {
  name: FigureName
  code: string
  branch: string
  rm: string
}

/** How many there are now: a customer adds to them for as long as it is so. Money in fen. */
export const STOCKS = [
  'customers',
  'balance',
  'peak',
  'funded',
  'active',
  'sleeping',
  'lowValue',
  'products',
  'channels',
  'tier',
  'value',
  'uses',
  'stage',
  'overdue',
  'escalation',
  'invited',
  'confirmed',
  'attended',
  'leads',
  'productsWon',
  'balanceWon',
  'cost',
] as const

/** How often something has happened since Ladder began: what a period brought is its end less its beginning. */
export const FLOWS = [
  'moved',
  'entered',
  'left',
  'daysInStage',
  'contact',
  'contactDue',
  'calls',
  'callsWon',
  'raised',
  'acknowledged',
  'acknowledgeMinutes',
  'resolved',
  'resolveMinutes',
  'won',
  'lost',
] as const

export type FigureName = (typeof STOCKS)[number] | (typeof FLOWS)[number]

/** Values by key text. */
export type Figures = Record<string, number>

export const keyText = ({ name, code, branch, rm }: FigureKey): string => [name, code, branch, rm].join('|')

/** The parts of a key; undefined when it isn't one. */
export const parseKey = (text: string): FigureKey | undefined => {
  const [name = '', code, branch, rm] = text.split('|')
  if (code === undefined || branch === undefined || rm === undefined || !isFigure(name)) return undefined
  return { name, code, branch, rm }
}

const isFigure = (name: string): name is FigureName =>
  (STOCKS as readonly string[]).includes(name) || (FLOWS as readonly string[]).includes(name)

/** Adds `by` to a figure. */
export const add = (figures: Figures, key: string, by = 1): void => {
  if (by !== 0) figures[key] = (figures[key] ?? 0) + by
}
