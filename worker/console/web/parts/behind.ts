import { valueOptions } from '../../../../schemas/model/tiers.ts'

/** Which customers stand behind a figure of the boards: what the list is narrowed to, and how it is ordered. */
export interface Behind {
  /** What customers are counted in: `stage/DEV_A/DEV_A03`, `overdue/MID`; the beginning of one ends in a slash. */
  figure?: string
  tier?: string
  sort?: 'due' | 'contact'
}

/** Of the allocation table: what else stands there is a kind of product. */
const VALUES: ReadonlySet<string> = new Set(valueOptions.map(({ code }) => code))

const ALL: Behind = {}
const OF_4X2: Record<string, Behind | null> = {
  SLEEPING: { figure: 'sleeping/' },
  LOW_VALUE: { figure: 'lowValue/' },
  ACTIVATION: { figure: 'active/' },
  RETENTION: { figure: 'funded/' },
  PRODUCTS_PER_CUSTOMER: ALL,
  CHANNELS_PER_CUSTOMER: ALL,
}

/**
 * The customers behind a figure (`MEAS-PIPE`, `DEV_A/DEV_A03/DAYS`). Of a move those who have the tier now, of a conversion those
 * in the stage, of contacts made and due the tier's, in the order of their contacts; of an average all who count into it. Null where
 * no customers can be listed: those who are lost, guests of a campaign.
 */
export const behind = (id: string, code: string): Behind | null => {
  const parts = code.split('/')
  const [head = ''] = parts
  switch (id) {
    case 'MEAS-4x2':
      return OF_4X2[code] ?? null
    case 'MEAS-TIER':
      return { tier: code.split('→').at(-1) ?? code }
    case 'TIER-ALLOC':
      return { figure: `${VALUES.has(code) ? 'value' : 'uses'}/${code}` }
    case 'MEAS-PIPE':
      return { figure: `stage/${parts.slice(0, 2).join('/')}` }
    case 'MEAS-CONT':
      if (head === 'CALLS') return null
      if (parts[1] === 'OVERDUE') return { figure: `overdue/${head}` }
      return { tier: head, sort: parts[1] === 'MADE' ? 'contact' : 'due' }
    case 'MEAS-ESC':
      return {
        figure: /^\d+$/.test(parts[1] ?? '')
          ? `escalation/${parts.slice(0, 3).join('/')}${parts.length < 3 ? '/' : ''}`
          : `escalation/${head}/`,
      }
    default:
      return null
  }
}
