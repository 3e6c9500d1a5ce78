import { expect, it } from 'vitest'
import { fullName } from './full-name.ts'

it('DEV-A08: a Chinese name stands as it is written, surname first, on records, tasks and documents', () => {
  expect(fullName('强', '刘')).toBe('刘强')
  expect(fullName('', '欧阳明')).toBe('欧阳明')
  expect(fullName('Anna', 'Lee')).toBe('Anna Lee')
  expect(fullName(null, 'Lee')).toBe('Lee')
  expect(fullName(undefined, 7)).toBeNull()
})
