import { describe, expect, it } from 'vitest'
import { causesOf, isLimit, summaryOf } from './errors.ts'
import { twentyClient } from './client.ts'
import { compareVersions, readFacts } from './server.ts'
import { packTarball } from './tarball.ts'
import { gunzipSync } from 'node:zlib'

const secondary = (name: string) => ({
  errors: [{ code: 'INVALID_VIEW_DATA', message: 'Field metadata not found' }],
  flatEntityMinimalInformation: { name },
})

describe("Twenty's errors", () => {
  it('are told by their cause alone', () => {
    const errors = {
      viewField: Array.from({ length: 30 }, () => secondary('x')),
      fieldMetadata: [secondary('name'), secondary('createdAt')],
      objectMetadata: [
        {
          errors: [{ code: 'OBJECT_ALREADY_EXISTS', message: 'Object already exists' }],
          flatEntityMinimalInformation: { nameSingular: 'visit' },
        },
      ],
    }
    expect(causesOf(errors)).toEqual(['object visit: Object already exists (OBJECT_ALREADY_EXISTS)'])
    expect(summaryOf([{ message: 'Multiple validation errors', extensions: { errors } }])).toMatch(/^object visit/)
  })

  it('fall back to their message', () => {
    expect(summaryOf([{ message: 'Something' }])).toBe('Something')
    expect(causesOf({})).toEqual([])
  })

  it('are known as the rate limit', () => {
    expect(isLimit([{ extensions: { code: 'BAD_USER_INPUT', subCode: 'LIMIT_REACHED' } }])).toBe(true)
    expect(isLimit([{ message: 'x' }])).toBe(false)
  })
})

describe('versions', () => {
  it('are compared by number', () => {
    expect(compareVersions('2.31.0', '2.4.0')).toBeGreaterThan(0)
    expect(compareVersions('2.31.0', '2.31.0')).toBe(0)
    expect(compareVersions('2.30.9', '2.31.0')).toBeLessThan(0)
  })
})

describe('an address of something else', () => {
  it('is told as such, with the option to check', async () => {
    const fetch = async () => new Response('{"message":"no such address"}', { status: 404 })
    const facts = await readFacts(twentyClient({ url: 'http://127.0.0.1:1', token: 'key', fetch }))
    expect(facts).toMatchObject({
      ok: false,
      problem: { what: 'what answers at http://127.0.0.1:1 is no Twenty', todo: expect.stringContaining('--url') },
    })
  })
})

describe('the tarball', () => {
  it('is an npm package with the same bytes each time', () => {
    const files = new Map([['package.json', Buffer.from('{"version":"1.0.0"}')]])
    const [one, two] = [packTarball(files), packTarball(files)]
    expect(Buffer.compare(one, two)).toBe(0)
    const tar = gunzipSync(one)
    expect(tar.length % 512).toBe(0)
    expect(tar.toString('utf8', 0, 20)).toBe('package/package.json')
    expect(tar.toString('utf8', 512, 531)).toBe('{"version":"1.0.0"}')
  })
})
