import type { Calendar } from '../index.ts'

/** Working time of the bank. Hours are this project's default; `coveredUntil` is the last day of published holidays. */
export const calendar: Calendar = {
  zone: 'Asia/Shanghai',
  hours: [
    { from: '09:00', to: '12:00' },
    { from: '13:30', to: '17:30' },
  ],
  weekdays: [1, 2, 3, 4, 5],
  country: 'CN',
  coveredUntil: '2026-12-31',
  days: [],
  isDefault: true,
}
