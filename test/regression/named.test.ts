import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

/** Reports of faults in other engines that Ladder has a test against, by product and number. */
const REPORTS: Record<string, number[]> = {
  GLPI: [22678, 15429, 6902, 15605, 9082, 10594, 24481, 4170],
  Zammad: [3180, 534, 5177, 4432, 390],
  Frappe: [2212, 2449],
  ERPNext: [47884],
  osTicket: [6847, 6739],
  Chatwoot: [14009, 6889],
  OnCall: [1206, 558, 934, 4654, 4846],
  GoAlert: [4548],
  mitodl: [5936],
  ActionPlans: [149, 151, 120, 178, 188, 70],
  Mautic: [9592, 11602, 9486, 1311, 9797, 7676],
}

const root = join(import.meta.dirname, '../..')
const titles = ['worker', 'plugin', 'test']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((name) => join(root, folder, String(name))),
  )
  .filter((file) => file.endsWith('.test.ts') && file !== import.meta.filename)
  .flatMap((file) =>
    Array.from(
      readFileSync(file, 'utf8').matchAll(/\bit(?:\.each\([^)]*\))?\(\s*(['"`])(.*?)\1/gs),
      ([, , title = '']) => title,
    ),
  )

it('each reported fault that the field knows has a test with its number in the name', () => {
  const missing = Object.entries(REPORTS).flatMap(([product, numbers]) =>
    numbers
      .filter((number) => !titles.some((title) => new RegExp(`${product}[^A-Za-z]*#${number}\\b`).test(title)))
      .map((number) => `${product} #${number}`),
  )
  expect(missing).toEqual([])
})
