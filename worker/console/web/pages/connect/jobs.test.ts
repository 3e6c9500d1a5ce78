import { describe, expect, it } from 'vitest'
import { commandsFor, type Wish } from './jobs.ts'

const wish: Wish = {
  crm: 'twenty',
  url: 'https://crm.bank.example',
  token: 'a-key-that-nobody-may-see',
  account: 'bank',
  clientSecret: 'nor-this',
  clientId: '',
  carrier: 'deal',
}

describe('the commands that do the same by hand', () => {
  it('name the environment variables of the secrets, never the secrets', () => {
    for (const crm of ['twenty', 'hubspot'] as const) {
      const text = commandsFor({ ...wish, crm }, 'https://ladder.bank.example')
      expect(text).not.toContain(wish.token)
      expect(text).not.toContain(wish.clientSecret)
      expect(text).toContain(`npx ladder apply --crm ${crm} --url https://crm.bank.example`)
      expect(text).toContain('--ladder-url https://ladder.bank.example')
    }
  })

  it('have HubSpot’s own options for HubSpot alone', () => {
    expect(commandsFor(wish, 'https://l.example')).not.toContain('--carrier')
    expect(commandsFor({ ...wish, crm: 'hubspot' }, 'https://l.example')).toContain('--carrier deal')
  })
})
