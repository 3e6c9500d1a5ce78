import type { Label } from '../../../schemas/model/define.ts'
import type { Festival } from '../../../schemas/playbook/index.ts'
import { dateOfDay, dayNumber } from '../calendar/dates.ts'

/**
 * Lunar years from FIRST_YEAR on (CAMP-HOL). Each: day of the year of Spring Festival (1 = 1 January) × 2^17, month lengths
 * from the first month on (bit 16 down; 1: 30 days, a leap month counted in) × 2^4, and the month that is doubled (0: none).
 */
const FIRST_YEAR = 2020
const YEARS = [
  0x32e954, 0x56d540, 0x415aa0, 0x2c9b52, 0x5296c0, 0x3b4ae6, 0x6149c0, 0x4ba4c0, 0x35d265, 0x59aa60, 0x44b540,
  0x2ed6a3, 0x552da0, 0x3e95db, 0x6495a0, 0x4f49a0, 0x39a4b6, 0x5da4a0, 0x47aa40, 0x31b545, 0x576b40, 0x40ada0,
  0x2c95b2, 0x529360, 0x3d4977, 0x614960, 0x4b54a0, 0x356a55, 0x5ada40, 0x435b40, 0x2eab63, 0x5526e0, 0x4092f8,
  0x6492e0, 0x4ec960, 0x38d4a6, 0x5dd4a0, 0x46d640, 0x3156c4, 0x5755c0, 0x4325c0,
]

/** Date of a day of a lunar year by month and day (the month itself, never its leap double); null outside the table. */
const lunar = (year: number, month: number, day: number): string | null => {
  const code = YEARS[year - FIRST_YEAR]
  if (code === undefined) return null
  const leap = code & 15
  const before = month - 1 + (leap !== 0 && month > leap ? 1 : 0)
  let days = (code >> 17) - 1 + day - 1
  for (let index = 0; index < before; index++) days += (code >> (16 - index)) & 1 ? 30 : 29
  return dateOfDay(dayNumber(year, 1, 1) + days)
}

/** Qingming, a solar term: the formula holds for 2001 to 2099. */
const qingming = (year: number): string | null => {
  if (year < 2001 || year > 2099) return null
  const y = year % 100
  return dateOfDay(dayNumber(year, 4, Math.floor(y * 0.2422 + 4.81) - Math.floor(y / 4)))
}

const on = (year: number, monthDay: string): string => `${year}-${monthDay}`

const dates: Record<Festival, (year: number) => string | null> = {
  NEW_YEAR: (year) => on(year, '01-01'),
  SPRING_FESTIVAL: (year) => lunar(year, 1, 1),
  LANTERN: (year) => lunar(year, 1, 15),
  WOMENS_DAY: (year) => on(year, '03-08'),
  QINGMING: qingming,
  LABOUR_DAY: (year) => on(year, '05-01'),
  CHILDRENS_DAY: (year) => on(year, '06-01'),
  DRAGON_BOAT: (year) => lunar(year, 5, 5),
  QIXI: (year) => lunar(year, 7, 7),
  TEACHERS_DAY: (year) => on(year, '09-10'),
  MID_AUTUMN: (year) => lunar(year, 8, 15),
  NATIONAL_DAY: (year) => on(year, '10-01'),
  DOUBLE_NINTH: (year) => lunar(year, 9, 9),
}

/** ISO date of a festival in a year; null where the lunar table doesn't reach (2020 to 2060 are in it). */
export const festivalOn = (festival: Festival, year: number): string | null => dates[festival](year)

const names: Record<Festival, string> = {
  NEW_YEAR: 'New Year/元旦',
  SPRING_FESTIVAL: 'Spring Festival/春节',
  LANTERN: 'Lantern Festival/元宵节',
  WOMENS_DAY: "Women's Day/妇女节",
  QINGMING: 'Qingming/清明节',
  LABOUR_DAY: 'Labour Day/劳动节',
  CHILDRENS_DAY: "Children's Day/儿童节",
  DRAGON_BOAT: 'Dragon Boat Festival/端午节',
  QIXI: 'Qixi/七夕',
  TEACHERS_DAY: "Teachers' Day/教师节",
  MID_AUTUMN: 'Mid-Autumn Festival/中秋节',
  NATIONAL_DAY: 'National Day/国庆节',
  DOUBLE_NINTH: 'Double Ninth/重阳节',
}

export const festivalName = (festival: Festival): Label => {
  const [en = '', zh = ''] = names[festival].split('/')
  return { en, zh }
}
