import { expect, it } from 'vitest'
import type { Value } from '../../schemas/events/index.ts'
import { calls } from '../../worker/crm/hubspot/calls.ts'
import * as script from '../../worker/documents/script.ts'
import { sampleRequest } from '../../worker/documents/kit.ts'
import { appAccess, begin, callsSeen, DUE, send, task } from './hubspot.world.ts'

/** docs/hubspot-calls.md is made of the list of calls: no test sees a call that isn't listed, and none is listed in vain. */

it('each call that is listed is made', async () => {
  const seen = new Set<string>()
  const unique = await begin()
  const { hubspot, layout, known } = unique
  layout.marketingEvents = true
  const crm = unique.anew({ appAccess: appAccess(hubspot) })
  const [one = '', other = ''] = ['A', 'B'].map((name) => hubspot.store.create('companies', { name }).id)
  const person = hubspot.store.create('contacts', { lastname: '王' }).id
  await send(unique, crm, [
    task('1', 'k/1', { ladderCompany: one }),
    { id: '2', object: 'company', recordId: one, fields: { ladderTier: 'GOLD' } },
  ])
  await send(unique, unique.anew(), [task('3', 'k/1', { ladderCompany: other })])
  layout.labels = {}
  await send(unique, unique.anew(), [task('4', 'k/2', { ladderCompany: one })])
  hubspot.store.archive('tasks', known.get('k/2') ?? '')
  await send(unique, unique.anew(), [{ id: '5', object: 'task', key: 'k/2', fields: { status: 'DONE', dueAt: DUE } }])
  const base = { at: DUE, createdAt: DUE, deleted: false }
  const picture = crm.picture?.([
    { ...base, object: 'campaign', id: '1', fields: { name: 'Salon', heldOn: DUE, status: 'PLANNED' } },
    { ...base, object: 'participation', id: '2', fields: { campaign: '1', person, invite: 'CONFIRMED' } },
  ])
  await send(unique, crm, picture ?? [])
  const attaching = unique.anew({
    documents: () => Promise.resolve(script),
    files: (request, people) => script.makeFiles({}, request, people),
  })
  const request = JSON.parse(JSON.stringify(sampleRequest('VALUE_REPORT'))) as Value
  await send(unique, attaching, [
    { id: '6', object: 'document', key: 'k/document', fields: { title: '报告', request, company: one } },
  ])
  const erased = { erased: 'k/document', company: one }
  await send(unique, attaching, [{ id: '7', object: 'document', recordId: 'k/document', fields: erased }])
  await crm.read('company', [one, '404'])
  await crm.ids('company', null)
  await crm.changedSince('company', '2026-11-02T00:00:00.000Z', null)
  await crm.members()
  await crm.completeAction?.('ap-1-2-3', {})
  await crm.journal?.('latest')
  await crm.journal?.({ after: '550e8400-e29b-41d4-a716-446655440000' })
  for (const name of callsSeen(hubspot)) seen.add(name)
  await hubspot.close()
  // where keys aren't unique, records are made by another call
  const plain = await begin('deal', { edition: 'professional', uniqueActivities: false }, ['visit', 'task'])
  await send(plain, plain.crm, [task('1', 'k/1')])
  for (const name of callsSeen(plain.hubspot)) seen.add(name)
  expect([...seen].sort()).toEqual(Object.keys(calls).sort())
})
