import { killed } from './trial.ts'

for (const crm of ['hubspot', 'hubspot-deal'] as const)
  killed({ crm, deaths: 15, load: { banked: 16, edited: 24, factsEach: 12 }, lost: 0.3 })
