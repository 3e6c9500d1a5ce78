import { expect, it } from 'vitest'
import { linkTo } from './links.ts'

it('a record leads to its page in the CRM, where one is known', () => {
  const twenty = { kind: 'twenty', url: 'https://crm.bank.example/' } as const
  expect(linkTo(twenty, 'escalation', '8f')).toBe('https://crm.bank.example/object/escalation/8f')
  const layout = { portalId: 7, carrier: 'custom', types: { company: '0-2', tierRating: '2-5' }, labels: {} } as const
  const hubspot = { kind: 'hubspot', url: 'https://api.hubapi.com', layout } as const
  expect(linkTo(hubspot, 'tierRating', '9')).toBe('https://app.hubspot.com/contacts/7/record/2-5/9')
  expect(linkTo(hubspot, 'campaign', '9')).toBeNull()
  expect(linkTo({ ...hubspot, url: 'http://127.0.0.1:9' }, 'company', '9')).toBeNull()
})
