import type { Fields } from '../../../schemas/events/index.ts'

const amount = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null)

/**
 * The price that a pricing paper's method gives (DEV-KIT), in fen; null when it lacks what the method asks for. Cost: cost plus
 * a markup. Margin: so that the margin is this share of the price. Market, competition, customer: the reference with a premium
 * or discount. Odd: the highest price below the reference (or cost) that ends in 9.
 */
export const priceOf = ({ method, cost, percent, reference }: Fields): number | null => {
  const [base, share, other] = [amount(cost), amount(percent), amount(reference)]
  switch (method) {
    case 'COST':
      return base === null || share === null ? null : Math.round((base * (100 + share)) / 100)
    case 'MARGIN':
      return base === null || share === null || share >= 100 ? null : Math.round((base * 100) / (100 - share))
    case 'MARKET':
    case 'COMPETITION':
    case 'CUSTOMER':
      return other === null ? null : Math.round((other * (100 + (share ?? 0))) / 100)
    case 'ODD':
      return odd(other ?? base)
    default:
      return null
  }
}

/** …9 yuan; below ten yuan ….9. */
const odd = (fen: number | null): number | null => {
  if (fen === null || fen <= 0) return null
  const unit = fen > 1000 ? 100 : 10
  const below = Math.ceil(fen / unit) - 1
  const price = (below - ((below + 1) % 10)) * unit
  return price > 0 ? price : null
}
