import { killed } from './trial.ts'

killed({ crm: 'twenty', deaths: 50, load: { banked: 40, edited: 60, factsEach: 15 }, lost: 0 })
