import type { Role } from '../../schemas/playbook/index.ts'
import { firmName, fullName, personName, type PersonName } from './names.ts'
import { idOf, type Random } from './random.ts'

/** One of the bank's people, who is a user of the CRM. */
export interface Staff extends PersonName {
  id: string
  email: string
  role: Role
}

/** A customer of the invented bank. Balances in yuan. */
export interface Customer {
  kind: 'company' | 'person'
  /** What the play calls its record; where the CRM takes ids it is the record's. */
  id: string
  /** Customer number at the bank. */
  no: string
  name: string
  business: string
  balance: number
  gold: boolean
  dormant: boolean
  /** Days before the start on which somebody last spoke with them. */
  contactDaysAgo: number
  /** Who looks after them: an id of the staff. */
  rm: string
  /** Core banking knows them, the CRM doesn't yet. */
  isNew: boolean
}

export interface Bank {
  staff: Staff[]
  customers: Customer[]
}

const STAFF: readonly [first: string, last: string, mail: string, role: Role][] = [
  ['敏', '陈', 'chen.min', 'RM'],
  ['强', '刘', 'liu.qiang', 'RM'],
  ['静', '杨', 'yang.jing', 'RM'],
  ['磊', '赵', 'zhao.lei', 'RM'],
  ['婷', '周', 'zhou.ting', 'RM'],
  ['丽', '孙', 'sun.li', 'LOBBY_MANAGER'],
  ['建华', '李', 'li.jianhua', 'SUB_BRANCH_PRESIDENT'],
  ['晓明', '王', 'wang.xiaoming', 'SUB_BRANCH_ASSISTANT'],
  ['志远', '黄', 'huang.zhiyuan', 'EXPANSION_LEAD'],
  ['海涛', '郑', 'zheng.haitao', 'EXPANSION_DEPARTMENT'],
  ['文静', '何', 'he.wenjing', 'CORPORATE_DEPARTMENT'],
  ['国栋', '林', 'lin.guodong', 'VICE_PRESIDENT'],
  ['永康', '吴', 'wu.yongkang', 'PRESIDENT'],
  ['雨晴', '徐', 'xu.yuqing', 'MARKETING'],
]

const staffOf = (): Staff[] =>
  STAFF.map(([firstName, lastName, mail, role]) => ({
    id: idOf(`staff/${mail}`),
    firstName,
    lastName,
    email: `${mail}@bank.example`,
    role,
  }))

/** Yuan, rounded to hundreds: few have much, many have little. */
const companyBalance = (random: Random): number => {
  const dice = random.next()
  const yuan =
    dice < 0.12
      ? random.int(10_000_000, 60_000_000)
      : dice < 0.32
        ? random.int(5_000_100, 9_900_000)
        : random.int(80_000, 4_900_000)
  return Math.round(yuan / 100) * 100
}

const personBalance = (random: Random): number => {
  const dice = random.next()
  const yuan =
    dice < 0.08 ? random.int(110_000, 2_400_000) : dice < 0.22 ? random.int(50_000, 99_000) : random.int(200, 49_000)
  return Math.round(yuan / 100) * 100
}

/** A branch with its people and so many customers, a third of them companies. */
export const bankOf = (random: Random, count: number): Bank => {
  const staff = staffOf()
  const rms = staff.filter(({ role }) => role === 'RM')
  const taken = new Set<string>()
  const customers = Array.from({ length: count }, (_, index): Customer => {
    const isCompany = index % 3 === 0
    const firm = isCompany ? firmName(random, taken) : undefined
    const person = isCompany ? undefined : personName(random)
    const no = `${isCompany ? 'C' : 'P'}${String(100_000 + index)}`
    const balance = isCompany ? companyBalance(random) : personBalance(random)
    // some were forgotten for long, most were spoken with in the last quarter
    const contactDaysAgo = random.chance(0.08) ? random.int(190, 420) : random.int(3, 80)
    return {
      kind: isCompany ? 'company' : 'person',
      id: idOf(`customer/${no}`),
      no,
      name: firm?.name ?? (person ? fullName(person) : no),
      business: firm?.business ?? '',
      balance,
      gold: isCompany && balance > 30_000_000 && random.chance(0.6),
      dormant: !isCompany && balance < 20_000 && random.chance(0.12),
      contactDaysAgo,
      rm: random.pick(rms).id,
      isNew: random.chance(0.03),
    }
  })
  return { staff, customers }
}
