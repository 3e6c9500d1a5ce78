import { describe, expect, it, vi } from 'vitest'
import type { CallResult } from '../crm/port.ts'
import type { Effect } from '../shell/outbox.ts'
import type { ActionCall } from '../../schemas/actions/call.ts'
import type { ActionReply } from './action-reply.ts'
import { answerRequest } from './action-request.ts'
import { takeAction, type ActionDeps } from './actions.ts'
import { type Bank, custom, touched, within } from './hubspot-kit.ts'
import { deliverAll } from './work.ts'

const DAY = 24 * 60 * 60_000
const BLOCK = { hs_execution_state: 'BLOCK', hs_expiration_duration: 'P2D' }

const rate = (callbackId: string, objectId = '1'): ActionCall => ({
  callbackId,
  object: { objectId, objectType: '0-2' },
})

/** The Account's actions, with what HubSpot was told of those that it waited for, and how it answers that. */
const desk = (bank: Bank) => {
  const told: [string, string | undefined][] = []
  const answers: CallResult<null>[] = []
  const courier = bank.parts.courier(bank.settings)
  const completeAction = async (callbackId: string, outputs: Record<string, string>) => {
    told.push([callbackId, outputs.outcome])
    return answers.shift() ?? { ok: true as const, value: null }
  }
  Object.assign(courier, { completeAction })
  const deps: ActionDeps = {
    parts: bank.parts,
    settings: bank.settings,
    deliver: (events) => deliverAll(bank.parts, bank.settings, events),
  }
  return { told, answers, take: (call: ActionCall) => takeAction(deps, 'rate', call) }
}

const silent = (): { kind: 'unreachable'; message: string } => ({ kind: 'unreachable', message: 'no answer' })

describe('an action that has to wait', () => {
  it('is done when the CRM answers, also by another process, and its workflow is told once', () =>
    within(8, async (bank, restart) => {
      bank.save('company', '1', { name: 'Acme', ladderGold: true })
      bank.fails = silent
      expect(await desk(bank).take(rate('a'))).toEqual(BLOCK)
      expect(await desk(bank).take(rate('a'))).toEqual(BLOCK)
      restart()
      const { told } = desk(bank)
      await bank.run()
      expect(told).toEqual([])
      bank.fails = () => null
      await bank.run()
      await bank.run()
      expect(told).toEqual([['a', 'DONE']])
      expect(await desk(bank).take(rate('a'))).toMatchObject({ outcome: 'DONE', tier: 'GOLD' })
    }))

  it('is told again until HubSpot has taken it; one that HubSpot knows no more isn’t', () =>
    within(1, async (bank) => {
      bank.save('company', '1', { name: 'Acme' })
      bank.fails = silent
      const { told, answers, take } = desk(bank)
      await take(rate('a'))
      bank.fails = () => null
      answers.push(
        { ok: false, failure: silent() },
        { ok: false, failure: { kind: 'limit', waitMs: null, message: '' } },
      )
      answers.push({ ok: false, failure: { kind: 'refused', status: 404, message: 'gone' } })
      for (let run = 0; run < 6; run++) await bank.run()
      expect(told).toEqual([1, 2, 3].map(() => ['a', 'DONE']))
      expect(bank.parts.actions.nextDue()).toBeNull()
      expect(bank.counter('action_untold')).toBe(0)
    }))

  it('is given up after a day, and told so', () =>
    within(1, async (bank) => {
      bank.fails = silent
      const { told, take } = desk(bank)
      await take(rate('a'))
      bank.now += DAY
      await bank.run()
      expect(told).toEqual([['a', 'FAILED']])
      expect(await take(rate('a'))).toMatchObject({ outcome: 'FAILED', hs_execution_state: 'FAIL_CONTINUE' })
    }))

  it('keeps no other from its turn when something is wrong in Ladder', () =>
    within(1, async (bank) => {
      using log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
      bank.save('company', '1', { name: 'Acme' })
      bank.fails = (_, ids) => {
        if (ids.includes('2')) throw new Error('a fault')
        return silent()
      }
      const { told, take } = desk(bank)
      expect(await take(rate('bad', '2'))).toEqual(BLOCK)
      expect(await take(rate('good'))).toEqual(BLOCK)
      const fails = bank.fails
      bank.fails = (object, ids) => (ids.includes('2') ? fails(object, ids) : null)
      await bank.run()
      expect(told).toEqual([['good', 'DONE']])
      expect(bank.counter('faults')).toBe(log.mock.calls.length)
      expect(log).toHaveBeenCalledWith(expect.objectContaining({ message: 'a fault' }))
    }))
})

describe('a move whose process ends between writing and answering', () => {
  const move: ActionCall = {
    callbackId: 'm',
    object: { objectId: '9', objectType: '2-1' },
    inputFields: { stage: 'DEV_A02' },
  }

  it.each([
    ['written', 'DEV_A02', 'none', 'DONE'],
    ['written, and somebody moved it back', 'DEV_A01', 'none', 'FAILED'],
    ['refused by the CRM', 'DEV_A01', 'dead', 'FAILED'],
  ] as const)('is sent once: %s (DEV-A01)', (_, stage, state, outcome) =>
    within(1, async (bank, restart) => {
      bank.save('company', '1', { name: 'Acme' })
      const fields = { company: '1', pipeline: 'DEV_A', segmentName: 'Farms', segmentFeatures: 'Seasonal' }
      bank.save('development', '9', { name: 'Acme', stage: 'DEV_A01', ...fields })
      await bank.hook(custom('2-1', 'creation', '9'))
      const sent: string[] = []
      const world = (alive: boolean) => {
        const { told } = desk(bank)
        Object.assign(bank.parts.courier(bank.settings), {
          enqueue: async (_: string, parcel: Effect[]) => {
            sent.push(...parcel.map(({ write }) => write.id).filter((id) => id.startsWith('action/')))
          },
          runDue: async () => (alive ? null : Promise.reject(new Error('the process ended'))),
          fateOf: async () => ({ state, reason: 'no', recordId: null }),
        })
        return told
      }
      using log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
      world(false)
      const { parts, settings } = bank
      expect(
        await takeAction({ parts, settings, deliver: (events) => deliverAll(parts, settings, events) }, 'move', move),
      ).toEqual(BLOCK)
      expect(log).toHaveBeenCalledOnce()
      restart()
      const told = world(true)
      bank.now += 1_000
      bank.save('development', '9', { stage, name: 'Acme again' })
      await bank.run()
      expect([told, sent]).toEqual([[['m', outcome]], ['action/m']])
    }),
  )
})

describe('a customer that is erased', () => {
  it('takes along what was asked for it and for what hangs on it', () =>
    within(1, async (bank) => {
      bank.save('person', '3', { name: '李雷', ladderCustomerNo: 'P3' })
      bank.save('development', '9', { name: '李雷', person: '3' })
      await bank.hook(touched('contact', '3'), custom('2-1', 'creation', '9'))
      const { actions } = bank.parts
      for (const [object, id] of [
        ['person', '3'],
        ['development', '9'],
        ['company', '3'],
      ] as const)
        actions.take(
          { callbackId: object, name: 'raise', object, id, inputs: { what: '李雷' } },
          bank.now,
          bank.now + DAY,
        )
      bank.records.delete('person 3')
      await bank.hook({ subscriptionType: 'contact.privacyDeletion', objectId: 3 })
      expect(['person', 'development', 'company'].map((id) => actions.get(id)?.deed.object)).toEqual([
        undefined,
        undefined,
        'company',
      ])
    }))
})

describe('who may have an action done', () => {
  const SHARED = 'secret-of-an-app-for-several'
  const OWN = 'secret-of-the-own-app'
  const url = 'https://ladder.example/actions/rate'

  const call = async (bank: Bank, secret: string | null, portalId = 62515): Promise<ActionReply> => {
    const text = JSON.stringify({ ...rate(`ap-${secret}-${portalId}`), origin: { portalId } })
    const encoder = new TextEncoder()
    const digest = await crypto.subtle.digest('SHA-256', encoder.encode(`${secret}POST${url}${text}`))
    const signature = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
    const request = { name: 'rate' as const, body: encoder.encode(text) as Uint8Array<ArrayBuffer>, url }
    const headers: Record<string, string> = secret === null ? {} : { 'x-hubspot-signature': signature }
    return answerRequest(bank.parts, { ...request, headers, isAdmin: secret === null }, async () => undefined)
  }

  it('is the account’s own app; an app of several accounts only for the account of its portal', () =>
    within(1, async (bank) => {
      bank.save('company', '1', { name: 'Acme' })
      desk(bank)
      bank.parts.env.LADDER_HUBSPOT_CLIENT_SECRET = `${SHARED} older`
      await bank.parts.vault.add(bank.account, 'hubspot', OWN)
      const status = async (secret: string | null, portalId?: number) => (await call(bank, secret, portalId)).status
      expect([await status(OWN), await status(SHARED), await status('older'), await status('')]).toEqual([
        200, 401, 401, 401,
      ])
      expect([await status(OWN, 7), await status(null, 7)]).toEqual([403, 200])
      bank.parts.keepSettings({ ...bank.settings, account: 'hs-62515' })
      expect([await status(SHARED), await status('older'), await status('other')]).toEqual([200, 200, 401])
      expect(await status(SHARED, 7)).toBe(403)
    }))
})
