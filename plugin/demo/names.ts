import type { Random } from './random.ts'

/** Names of invented people and firms: any likeness to real ones is chance. */
const SURNAMES = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟',
]
const GIVEN = [
  ...'伟芳敏静丽强磊军洋勇艳杰娟涛明超霞平刚英华玉萍红',
  ...[
    '建国',
    '志强',
    '晓燕',
    '文博',
    '雨晴',
    '海燕',
    '思远',
    '嘉怡',
    '俊杰',
    '欣然',
    '子涵',
    '美玲',
    '国栋',
    '春梅',
    '立新',
  ],
]
const PLACES = ['江城', '临江', '东湖', '南山', '云溪', '清河', '金水', '长宁', '白沙', '青岚', '永安', '新桥']
const WORDS = [
  '恒泰',
  '瑞丰',
  '华诚',
  '金谷',
  '远航',
  '鼎盛',
  '东方',
  '万和',
  '嘉禾',
  '中源',
  '百川',
  '德信',
  '同创',
  '宏图',
  '绿野',
]
const TRADES = [
  ['农产品', '农产品加工与销售'],
  ['机械制造', '机械设备制造'],
  ['医药', '医药批发与物流'],
  ['建材', '建筑材料生产'],
  ['食品', '食品加工'],
  ['物流', '公路运输与仓储'],
  ['电子', '电子元器件'],
  ['纺织', '纺织与服装'],
  ['商贸', '日用品批发'],
  ['环保科技', '污水处理设备'],
] as const

const FIRST = ['Anna', 'David', 'Emma', 'James', 'Laura', 'Michael', 'Nina', 'Oliver', 'Sofia', 'Thomas']
const LAST = ['Baker', 'Carter', 'Fischer', 'Hughes', 'Lindgren', 'Moreau', 'Novak', 'Parker', 'Rossi', 'Tanaka']
const FIRMS = ['Harbour', 'Northgate', 'Silverline', 'Evergreen', 'Bluewater', 'Summit', 'Oakfield']
const KINDS = [
  ['Foods', 'food import'],
  ['Logistics', 'freight forwarding'],
  ['Components', 'electronic components'],
  ['Trading', 'wholesale'],
] as const

export interface PersonName {
  firstName: string
  lastName: string
}

/** A person: mostly Chinese, one in ten with an English name. A Chinese name stands whole, as the CRM shows it. */
export const personName = (random: Random): PersonName =>
  random.chance(0.1)
    ? { firstName: random.pick(FIRST), lastName: random.pick(LAST) }
    : { firstName: '', lastName: random.pick(SURNAMES) + random.pick(GIVEN) }

export const fullName = ({ firstName, lastName }: PersonName): string => `${firstName} ${lastName}`.trim()

/** The parts of a full name: what `fullName` was made of. */
export const partsOf = (name: string): PersonName => {
  const at = /\p{Script=Han}/u.test(name) ? -1 : name.lastIndexOf(' ')
  return { firstName: name.slice(0, Math.max(0, at)), lastName: name.slice(at + 1) }
}

export interface FirmName {
  name: string
  /** What it does, for the customer file. */
  business: string
}

/** A firm that `taken` doesn't hold yet; it is put there. Where all names are taken, one gets a number. */
export const firmName = (random: Random, taken: Set<string>): FirmName => {
  for (let tries = 1; ; tries++) {
    const isEnglish = random.chance(0.1)
    const [kind, business] = isEnglish ? random.pick(KINDS) : random.pick(TRADES)
    const name = isEnglish
      ? `${random.pick(FIRMS)} ${kind} Ltd.`
      : `${random.pick(PLACES)}${random.pick(WORDS)}${kind}${tries < 20 ? '' : taken.size}有限公司`
    if (taken.has(name)) continue
    taken.add(name)
    return { name, business }
  }
}
