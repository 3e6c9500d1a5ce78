import type { Fact } from '../../schemas/events/index.ts'
import { factSchema } from '../../schemas/events/cloudevents.ts'
import { factsOf } from '../cli/feed/events.ts'
import type { Mapping } from '../cli/feed/mapping.ts'
import { asText, rowsOf } from '../cli/feed/rows.ts'
import { type Customer as BankCustomer, bankOf, type Staff } from '../demo/bank.ts'
import { fenOf } from './money.ts'
import { randomOf } from '../demo/random.ts'

/** A customer as core banking knows it. `balance` in yuan is what its accounts have held last. */
export interface Customer {
  no: string
  kind: 'company' | 'person'
  name: string
  business: string
  balance: number
  dormant: boolean
  rm: string
  /** Working day of the run on which the CRM gets to know it; 0: it is there when the run begins. */
  from: number
}

/** Who and what a run begins with. Facts are in order of time. */
export interface Population {
  staff: Staff[]
  customers: Customer[]
  facts: Fact[]
  /** What the file held that could not be read. */
  problems: string[]
}

/** So many invented customers, with what core banking told of them until the evening before the run begins. */
export const inventedOnes = (count: number, seed: number, begins: number): Population => {
  const random = randomOf(seed)
  const { staff, customers } = bankOf(random, count)
  const at = new Date(begins - 6 * 3_600_000).toISOString()
  const date = (daysAgo: number): string => new Date(begins - daysAgo * 86_400_000).toISOString().slice(0, 10)
  const facts = customers.flatMap((customer): Fact[] => {
    const { no, kind, name, gold, dormant, contactDaysAgo, balance, isNew } = customer
    if (isNew) return []
    const fact = (data: Fact['data']): Fact => ({
      type: 'fact',
      id: `begin/${no}/${data.kind}`,
      customerNo: no,
      at,
      data,
    })
    return [
      fact({ kind: 'customer.profile', customer: kind, name, gold, lastContactOn: date(contactDaysAgo) }),
      fact({ kind: 'balance.changed', amount: fenOf(balance) }),
      ...(dormant ? [fact({ kind: 'account.dormant', dormant })] : []),
    ]
  })
  return { staff, customers: customers.map((one, index) => arriving(one, index)), facts, problems: [] }
}

/** Core banking's new customers come to the CRM one after another. */
const arriving = ({ isNew, ...customer }: BankCustomer, index: number): Customer => ({
  ...customer,
  from: isNew ? 1 + (index % 200) : 0,
})

const MOST_PROBLEMS = 100

/** Customers and facts of a table, by the same mapping as `ladder feed`. */
export const fromFile = async (file: string, mapping: Mapping, seed: number): Promise<Population> => {
  const random = randomOf(seed)
  const { staff } = bankOf(random, 0)
  const rms = staff.filter(({ role }) => role === 'RM')
  const customers = new Map<string, Customer>()
  const facts: Fact[] = []
  const problems: string[] = []
  for await (const row of rowsOf(file)) {
    const made = 'value' in row ? factsOf(mapping, asText(row.value)) : { events: [], errors: [row.error] }
    for (const error of made.errors) if (problems.length < MOST_PROBLEMS) problems.push(`row ${row.number}: ${error}`)
    for (const event of made.events) {
      const fact = factSchema.parse(event)
      facts.push(fact)
      if (fact.data.kind !== 'customer.profile' || customers.has(fact.customerNo)) continue
      const { customer: kind, name } = fact.data
      const known = { no: fact.customerNo, kind, name, business: '', balance: 0, dormant: false, from: 0 }
      customers.set(fact.customerNo, { ...known, rm: random.pick(rms).id })
    }
  }
  facts.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  return { staff, customers: [...customers.values()], facts, problems }
}
