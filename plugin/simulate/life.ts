import type { Fact, FactData } from '../../schemas/events/index.ts'
import { addMonths } from '../../worker/method/calendar/dates.ts'
import type { Random } from '../demo/random.ts'
import type { Customer } from './customers.ts'
import { fenOf } from './money.ts'

/** Of a hundred customers so many have their balance moved on a working day. */
const MOVED = 3
const PRODUCTS = ['定期存款', '结构性存款', '理财产品', '国债', '保险', '代发工资']

interface Maturity {
  customer: Customer
  holding: string
  on: string
}

/** What goes on at the bank over the year: balances go up and down, products are bought and mature, accounts fall asleep. */
export class Life {
  readonly #customers: Customer[]
  readonly #byNo: Map<string, Customer>
  #maturities: Maturity[] = []
  #count = 0

  constructor(customers: Customer[]) {
    this.#customers = customers
    this.#byNo = new Map(customers.map((customer) => [customer.no, customer]))
  }

  /** A fact from elsewhere: balances go on from it. */
  heard({ customerNo, data }: Fact): void {
    const customer = this.#byNo.get(customerNo)
    if (!customer) return
    if (data.kind === 'balance.changed') customer.balance = data.amount / 100
    if (data.kind === 'account.dormant') customer.dormant = data.dormant
  }

  /** New customers of a working day, by its number in the run. */
  arrivals(day: number, at: string): Fact[] {
    return this.#customers
      .filter(({ from }) => from === day && day > 0)
      .flatMap((customer) => [
        this.#fact(customer, at, { kind: 'customer.profile', customer: customer.kind, name: customer.name }),
        this.#fact(customer, at, { kind: 'balance.changed', amount: fenOf(customer.balance) }),
      ])
  }

  /** What core banking tells at `at` (ISO instant) of a day; `share` of the usual of a working day. */
  facts(random: Random, date: string, at: string, share: number): Fact[] {
    const facts: Fact[] = []
    const times = (perHundred: number): number => {
      const mean = (this.#customers.length * perHundred * share) / 100
      return Math.floor(mean) + (random.chance(mean % 1) ? 1 : 0)
    }
    const tell = (customer: Customer, data: FactData): void => void facts.push(this.#fact(customer, at, data))
    for (let left = times(MOVED); left > 0; left--) {
      const customer = random.pick(this.#customers)
      customer.balance = moved(random, customer.balance)
      tell(customer, { kind: 'balance.changed', amount: fenOf(customer.balance) })
    }
    for (let left = times(0.02); left > 0; left--) {
      const customer = random.pick(this.#customers)
      customer.dormant = !customer.dormant
      tell(customer, { kind: 'account.dormant', dormant: customer.dormant })
    }
    for (let left = times(0.1); left > 0; left--) {
      const customer = random.pick(this.#customers)
      const holding = `H-${++this.#count}`
      const on = addMonths(date, random.pick([3, 6, 12, 24]))
      const amount = fenOf(Math.max(100, Math.round(Math.abs(customer.balance) * random.next() * 0.4)))
      this.#maturities.push({ customer, holding, on })
      const product = random.pick(PRODUCTS)
      tell(customer, { kind: 'holding.opened', holding, product, amount, openedOn: date, maturesOn: on })
    }
    const matured = this.#maturities.filter(({ on }) => on <= date)
    this.#maturities = this.#maturities.filter(({ on }) => on > date)
    for (const { customer, holding, on } of matured) tell(customer, { kind: 'holding.matured', holding, on })
    return facts
  }

  #fact({ no }: Customer, at: string, data: FactData): Fact {
    return { type: 'fact', id: `life/${++this.#count}`, customerNo: no, at, data }
  }
}

/** Mostly a little; one in thirty falls far, one in thirty doubles or so. Yuan, to hundreds. */
const moved = (random: Random, balance: number): number => {
  const dice = random.next()
  const factor =
    dice < 0.033 ? 0.1 + random.next() * 0.6 : dice < 0.066 ? 1.5 + random.next() : 0.95 + random.next() * 0.105
  return Math.round((balance * factor) / 100) * 100
}
