import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { healthOf } from './health.ts'
import { Health } from './settings.tsx'
import { speakerOf } from './ui.tsx'

const status = {
  lastEventAt: '2026-11-26T08:00:00Z',
  outbox: 0,
  outboxOldestSeconds: 0,
  deadLetters: 0,
  overdueTimers: 0,
  playbook: 3,
  coveredUntil: '2026-12-31',
  toRead: { faults: [] },
  fault: null,
}
const at = (iso: string): string => iso.slice(0, 10)
const drawn = (answer: object, locale = 'en'): string =>
  renderToStaticMarkup(createElement(Health, { health: healthOf({ ...answer }, at), speak: speakerOf(locale) }))

it('the settings page says that Ladder is connected and well, in both languages', () => {
  const answer = { ok: true, status, url: 'https://ladder.example' }
  expect(healthOf(answer, at).state).toBe('well')
  expect(drawn(answer)).toContain('Ladder is connected and well.')
  expect(drawn(answer, 'zh-CN')).toContain('Ladder 已连接，运行正常。')
})

it('it names what needs a look', () => {
  for (const trouble of [
    { deadLetters: 2 },
    { outbox: 5, outboxOldestSeconds: 1000 },
    { playbook: 0 },
    { toRead: { faults: [{ object: 'visit', fault: 'denied' }] } },
    { fault: { message: 'the key is refused' } },
  ])
    expect(healthOf({ ok: true, status: { ...status, ...trouble } }, at).state).toBe('troubled')
  expect(drawn({ ok: true, status: { ...status, fault: { message: 'the key is refused' } } })).toContain(
    'the key is refused',
  )
})

it('it says why Ladder does not answer, and who can help', () => {
  const html = drawn({ ok: false, reason: 'Ladder answers 401' })
  expect(html).toContain('Ladder answers 401')
  expect(html).toContain('ladder doctor')
})
