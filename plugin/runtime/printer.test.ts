import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { findChromium } from './chromium.ts'
import { startPrinter } from './printer.ts'

const folder = mkdtempSync(join(tmpdir(), 'ladder-printer-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A stand-in for the browser: writes what a script says. */
const program = (name: string, script: string): string => {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
  return path
}

const ask = (url: string, token: string, body: unknown, method = 'POST'): Promise<Response> =>
  fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(method === 'POST' ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
  })

describe('the printer', () => {
  it('prints for the bearer of its token alone, and refuses what is no page', async () => {
    const copies = program(
      'copies',
      'for one; do case $one in --print-to-pdf=*) out=${one#*=};; esac; done; printf %%PDF-1.7 > "$out"',
    )
    const printer = await startPrinter(copies)
    if (!printer) throw new Error('no printer')
    try {
      expect((await ask(printer.url, 'x'.repeat(printer.token.length), { html: 'a' })).status).toBe(401)
      expect((await ask(printer.url, '', { html: 'a' })).status).toBe(401)
      expect((await ask(printer.url, printer.token, undefined, 'GET')).status).toBe(404)
      expect((await ask(printer.url, printer.token, '{')).status).toBe(400)
      expect((await ask(printer.url, printer.token, { html: '' })).status).toBe(400)
      const pages = await Promise.all([1, 2, 3].map(() => ask(printer.url, printer.token, { html: '<p>a' })))
      for (const page of pages) {
        expect(page.headers.get('content-type')).toBe('application/pdf')
        expect(await page.text()).toBe('%PDF-1.7')
      }
    } finally {
      await printer.stop()
    }
  })

  it('says so when the browser fails, and goes on', async () => {
    const printer = await startPrinter(program('fails', 'exit 3'))
    if (!printer) throw new Error('no printer')
    try {
      const answer = await ask(printer.url, printer.token, { html: 'a' })
      expect([answer.status, await answer.json()]).toEqual([500, { message: 'the browser ended with 3' }])
      expect((await ask(printer.url, printer.token, { html: 'b' })).status).toBe(500)
    } finally {
      await printer.stop()
    }
  })

  it('takes the browser that LADDER_CHROMIUM names or that lies on the path; without one there is no printer', async () => {
    const browser = program('chromium', 'exit 0')
    expect(findChromium({ LADDER_CHROMIUM: browser, PATH: '' })).toBe(browser)
    expect(findChromium({ LADDER_CHROMIUM: join(folder, 'nothing'), PATH: folder })).toBeUndefined()
    expect(findChromium({ PATH: folder })).toBe(browser)
    expect((await startPrinter(undefined)) === undefined).toBe(findChromium() === undefined)
  })

  const chromium = findChromium()
  it.skipIf(chromium === undefined)(
    `DEV-A08: a real browser prints a page of Chinese text${chromium === undefined ? ' (no browser is here: not tried)' : ''}`,
    async () => {
      const printer = await startPrinter(chromium)
      if (!printer) throw new Error('no printer')
      try {
        const html =
          '<!doctype html><meta charset="utf-8"><title>报告</title><style>@page{size:A4}</style><h1>客户价值评价报告</h1>'
        const answer = await ask(printer.url, printer.token, { html })
        const pdf = Buffer.from(await answer.arrayBuffer())
        expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
        expect(pdf.toString('latin1')).toMatch(/\/MediaBox \[0 0 59[45]\S* 84[12]\S*\]/)
      } finally {
        await printer.stop()
      }
    },
  )
})
