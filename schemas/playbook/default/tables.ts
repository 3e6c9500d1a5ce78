import type { PlaybookTable } from '../index.ts'
import { tierTables } from './tier-tables.ts'

const byDefault = 'Default of this project / 本项目默认值'

/** Individuals by financial assets, with the least contacts a year. */
const tierContact: PlaybookTable = {
  code: 'TIER_CONTACT',
  columns: { amount: 'amountCell', tier: 'tier', contactsPerYear: 'contactsPerYear', leads: 'leads' },
  table: {
    id: 'TIER_CONTACT',
    name: 'Individuals: tier and contacts / 个人客户等级与联系',
    hitPolicy: 'U',
    inputs: [{ name: 'amount', label: 'Financial assets / 金融资产 (CNY)', expression: 'amount', type: 'number' }],
    outputs: [
      { name: 'tier', type: 'string', values: '"HIGH","MID","MASS"' },
      { name: 'contactsPerYear', type: 'number' },
      { name: 'leads', type: 'string' },
    ],
    rules: [
      { id: 'TIER_CONTACT-1', when: ['> 100000'], then: ['"HIGH"', '4', '"RM"'] },
      { id: 'TIER_CONTACT-2', when: ['[50000..100000]'], then: ['"MID"', '2', '"RM"'] },
      { id: 'TIER_CONTACT-3', when: ['< 50000'], then: ['"MASS"', '1', '"RM"'] },
    ],
  },
}

/** Companies by decision and deposits, with who leads. Contacts a year are this project's default. */
const tierCorp: PlaybookTable = {
  code: 'TIER_CORP',
  columns: {
    gold: 'goldCell',
    amount: 'amountCell',
    tier: 'tier',
    contactsPerYear: 'contactsPerYear',
    leads: 'leads',
  },
  table: {
    id: 'TIER_CORP',
    name: 'Companies: tier and leads / 公司客户等级与牵头',
    hitPolicy: 'U',
    inputs: [
      { name: 'gold', label: 'Gold by decision / 认定黄金', expression: 'gold', type: 'boolean' },
      { name: 'amount', label: 'Deposits / 存款 (CNY)', expression: 'amount', type: 'number' },
    ],
    outputs: [
      { name: 'tier', type: 'string', values: '"GOLD","HIGH_END","MID","GENERAL"' },
      { name: 'contactsPerYear', type: 'number' },
      { name: 'leads', type: 'string' },
    ],
    rules: [
      {
        id: 'TIER_CORP-1',
        when: ['true', '-'],
        then: ['"GOLD"', '12', '"PRESIDENT, VICE_PRESIDENT"'],
        note: `contactsPerYear: ${byDefault}`,
      },
      {
        id: 'TIER_CORP-2',
        when: ['false', '>= 10000000'],
        then: ['"HIGH_END"', '6', '"VICE_PRESIDENT, EXPANSION_DEPARTMENT, SUB_BRANCH_PRESIDENT"'],
        note: `amount, contactsPerYear: ${byDefault}`,
      },
      {
        id: 'TIER_CORP-3',
        when: ['false', '(5000000..10000000)'],
        then: ['"MID"', '4', '"SUB_BRANCH_PRESIDENT, EXPANSION_LEAD, SUB_BRANCH_ASSISTANT"'],
        note: `contactsPerYear: ${byDefault}`,
      },
      {
        id: 'TIER_CORP-4',
        when: ['false', '<= 5000000'],
        then: ['"GENERAL"', '2', '"RM"'],
        note: `contactsPerYear: ${byDefault}`,
      },
    ],
  },
}

/** A movement is large when the balance fell by either: yuan, or percent. */
const movement = (row: number, tier: string, minFall: string, minFallPercent: string) => ({
  id: `ESC_MOVE-${row}`,
  when: [tier],
  then: [minFall, minFallPercent],
  note: byDefault,
})

const escMove: PlaybookTable = {
  code: 'ESC_MOVE',
  columns: { tier: 'tierCell', minFall: 'minFall', minFallPercent: 'minFallPercent' },
  table: {
    id: 'ESC_MOVE',
    name: 'Large movement: thresholds / 大额异动阈值',
    hitPolicy: 'U',
    inputs: [
      {
        name: 'tier',
        label: 'Tier / 等级',
        expression: 'tier',
        type: 'string',
        values: '"GOLD","HIGH_END","MID","GENERAL","HIGH","MASS"',
      },
    ],
    outputs: [
      { name: 'minFall', label: 'Fall of at least (CNY) / 下降不少于（元）', type: 'number' },
      { name: 'minFallPercent', label: 'Fall of at least (%) / 下降不少于（%）', type: 'number' },
    ],
    rules: [
      movement(1, '"GOLD"', '10000000', '10'),
      movement(2, '"HIGH_END"', '5000000', '15'),
      movement(3, '"MID"', '2000000', '20'),
      movement(4, '"GENERAL"', '1000000', '30'),
      movement(5, '"HIGH"', '500000', '30'),
      movement(6, '"MASS"', '100000', '50'),
    ],
  },
}

export const tables: PlaybookTable[] = [tierContact, tierCorp, escMove, ...tierTables]
