import type { Fields } from '../../../schemas/events/index.ts'
import type { Customer } from '../bank.ts'
import { idOf } from '../random.ts'
import { type Day, ofCustomer, edit, tell, yuan } from './day.ts'

const PRODUCTS = ['定期存款', '结构性存款', '理财产品', '国债', '保险', '代发工资', '收款设备', '流动资金贷款']

/** The first morning: who the customers are and what they have. */
export const openBooks = (day: Day): void => {
  for (const customer of day.bank.customers) {
    const { kind, name, gold, dormant, contactDaysAgo } = customer
    const lastContactOn = day.calendar.addDays(day.date, -contactDaysAgo)
    tell(day, customer, 'customer.profile', { customer: kind, name, gold, lastContactOn })
    tell(day, customer, 'balance.changed', yuan(customer.balance))
    if (dormant) tell(day, customer, 'account.dormant', { dormant })
    if (day.random.chance(0.4)) openHolding(day, customer, day.calendar.addDays(day.date, -day.random.int(30, 1_500)))
  }
}

const openHolding = (day: Day, customer: Customer, openedOn: string): void => {
  const { random, calendar } = day
  const amount = Math.max(100, Math.round((customer.balance * random.int(5, 40)) / 10_000) * 100)
  const maturesOn = calendar.addMonths(openedOn, random.pick([3, 6, 12, 24, 36, 60]))
  tell(day, customer, 'holding.opened', {
    holding: `H-${customer.no}-${day.number}-${random.int(1, 9_999)}`,
    product: random.pick(PRODUCTS),
    ...yuan(amount),
    openedOn,
    maturesOn,
  })
}

const setBalance = (day: Day, customer: Customer, balance: number): void => {
  customer.balance = Math.max(0, Math.round(balance / 100) * 100)
  tell(day, customer, 'balance.changed', yuan(customer.balance))
}

/** Customers whose money leaves (ESC-MOVE) or comes at once, each on one day of the play. */
const isDayOf = (day: Day, index: number, every: number): boolean => index % day.of === (day.number * every) % day.of

/** A morning: balances go up and down a little, a few fall far, some grow into the next tier, products are bought. */
export const morning = (day: Day): void => {
  const { random, bank } = day
  const known = bank.customers.filter(({ isNew }) => !isNew)
  const moved = new Set<string>()
  const move = (customer: Customer, factor: number): void => {
    if (moved.has(customer.no)) return
    moved.add(customer.no)
    setBalance(day, customer, customer.balance * factor)
  }
  const large = known.filter(({ kind, balance }) => kind === 'company' && balance > 4_000_000)
  large.forEach((customer, index) => {
    if (index % 2 === 0 && isDayOf(day, index, 7)) move(customer, random.int(35, 70) / 100)
  })
  const rich = known.filter(({ kind, balance }) => kind === 'person' && balance > 400_000)
  rich.forEach((customer, index) => {
    if (index % 3 === 0 && isDayOf(day, index, 5)) move(customer, 0.3)
  })
  for (let count = random.int(8, 14); count > 0; count--) move(random.pick(known), random.int(94, 107) / 100)
  if (random.chance(0.6)) move(random.pick(known.filter(({ balance }) => balance > 1_000)), random.int(18, 26) / 10)
  for (let count = random.int(0, 2); count > 0; count--) openHolding(day, random.pick(known), day.date)
  if (random.chance(0.15)) {
    const quiet = random.pick(known.filter(({ kind, balance }) => kind === 'person' && balance < 5_000))
    quiet.dormant = !quiet.dormant
    tell(day, quiet, 'account.dormant', { dormant: quiet.dormant })
  }
}

/** The people and firms that are in the CRM already, as the first edit of the play. */
export const enterCustomers = (day: Day): void => {
  for (const customer of day.bank.customers) {
    if (customer.isNew) continue
    const { id, no, name, kind, rm } = customer
    const manager: Fields = kind === 'person' ? { ladderRm: rm } : { accountOwnerId: rm }
    edit(day, kind, { id, fields: { name, ladderCustomerNo: no, ...manager } })
  }
}

/** Visits and calls: contacts that put the next one off (TIER-CONTACT). */
export const contacts = (day: Day): void => {
  const { bank, date, at } = day
  const random = day.random.of('contacts')
  const known = bank.customers.filter(({ isNew }) => !isNew)
  for (let count = random.int(2, 4); count > 0; count--) {
    const customer = random.pick(known)
    const id = idOf(`visit/${date}/${count}`)
    edit(day, 'visit', {
      id,
      fields: {
        name: `${customer.name} ${date}`,
        ...ofCustomer(customer),
        form: random.pick(['VISIT', 'MEETING', 'CALL']),
        status: 'HELD',
        heldAt: new Date(at - 3_600_000).toISOString(),
        level: 'RM',
        record: '了解客户近期资金安排，介绍新产品。',
        nextStep: '寄送产品资料',
        nextStepOn: day.calendar.addWorkingDays(date, 5),
      },
    })
  }
  const called = random.pick(known)
  edit(day, 'task', {
    id: idOf(`call/${date}`),
    fields: {
      title: `电话联系：${called.name}`,
      status: 'DONE',
      ladderKind: 'CALL',
      ...(called.kind === 'company' ? { ladderCompany: called.id } : { ladderPerson: called.id }),
      dueAt: new Date(at).toISOString(),
      assigneeId: called.rm,
    },
  })
}
