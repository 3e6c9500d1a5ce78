import { describe, expect, it } from 'vitest'
import { actions } from '../../schemas/actions/index.ts'
import { twentyApp } from './app.ts'
import { appSource } from './generate.ts'
import { components } from './inside.ts'
import { catalogsOf } from './locales.ts'
import { model } from '../../schemas/model/index.ts'

const app = twentyApp()
const step = (name: string) => app.logicFunctions.find((one) => one.name === `ladder-${name}`)

describe('the logic functions', () => {
  it('are every action that workflows have in any CRM, as a step and as a tool with the same inputs', () => {
    for (const { name, inputs, outputs } of actions) {
      const found = step(name)
      const given = Object.keys(found?.workflowActionTriggerSettings?.inputSchema[0]?.properties ?? {})
      expect(given).toEqual(['object', 'recordId', ...inputs.map((input) => input.name)])
      expect(Object.keys(found?.toolTriggerSettings?.inputSchema.properties ?? {})).toEqual(given)
      expect(Object.keys(found?.workflowActionTriggerSettings?.outputSchema[0]?.properties ?? {})).toEqual(
        outputs.map((output) => output.name),
      )
    }
    expect(app.logicFunctions).toHaveLength(actions.length + 1)
  })

  it('DEV-A: typed inputs: choices by code, what has to be given, both languages in the label', () => {
    const move = step('move')
    expect(move?.toolTriggerSettings?.inputSchema.required).toEqual(['object', 'recordId', 'stage'])
    expect(move?.workflowActionTriggerSettings?.inputSchema[0]?.properties?.['stage']).toMatchObject({
      type: 'string',
      label: '阶段 Stage',
      enum: expect.arrayContaining(['DEV_A01', 'DEV_H05']),
    })
    expect(move?.workflowActionTriggerSettings?.label).toBe('Ladder: 推进客户开发阶段 Move development')
  })

  it('let nobody in by HTTP who isn’t signed in to Twenty', () => {
    const open = app.logicFunctions.filter(({ httpRouteTriggerSettings: route }) => route && !route.isAuthRequired)
    expect(open).toEqual([])
  })

  it('get Ladder’s secret as one, and without a value in the app', () => {
    const { LADDER_SECRET, LADDER_URL } = app.application.applicationVariables
    expect(LADDER_SECRET).toMatchObject({ isSecret: true })
    expect(LADDER_SECRET).not.toHaveProperty('value')
    expect(LADDER_URL).toMatchObject({ isSecret: false })
  })
})

describe('what is shown inside Twenty', () => {
  it('every tab, command and widget leads to a component of the app', () => {
    const known = new Set(components.map(({ universalIdentifier }) => universalIdentifier))
    const tabs = app.pageLayoutTabs.flatMap(({ widgets }) =>
      widgets.map(({ configuration }) => configuration['frontComponentUniversalIdentifier']),
    )
    const led = [...tabs, ...app.commandMenuItems.map((one) => one.frontComponentUniversalIdentifier)]
    expect(led).toHaveLength(10)
    for (const one of led) expect(known).toContain(one)
    expect(components.filter(({ isSettings }) => isSettings)).toHaveLength(1)
  })

  it('MEAS: the figures’ charts name fields of the app, side by side on twelve columns', () => {
    const fields = new Set([
      ...app.objects.flatMap((object) => object.fields.map(({ universalIdentifier }) => universalIdentifier)),
      ...app.fields.map(({ universalIdentifier }) => universalIdentifier),
    ])
    const widgets = app.pageLayouts.flatMap(({ tabs }) => tabs.flatMap((tab) => tab.widgets))
    for (const { configuration, position } of widgets) {
      const by =
        configuration['groupByFieldMetadataUniversalIdentifier'] ??
        configuration['primaryAxisGroupByFieldMetadataUniversalIdentifier']
      expect(fields).toContain(by)
      expect((position?.column ?? 0) + (position?.columnSpan ?? 13)).toBeLessThanOrEqual(12)
    }
    expect(app.navigationMenuItems.at(-1)).toMatchObject({ type: 'PAGE_LAYOUT', name: 'Ladder figures' })
  })

  it('has its titles in Chinese', () => {
    const { 'zh-CN': zh } = catalogsOf(model)
    expect(zh).toMatchObject({ 'Ladder figures': 'Ladder 管理指标', 'Companies by tier': '公司客户等级分布' })
    expect(app.commandMenuItems[0]?.label).toBe('Ladder: 评级 Rate')
  })

  it('views of one’s own are bound to whoever looks, and to dates (ESC-CADENCE)', () => {
    const filters = (name: string) => app.views.find((view) => view.name === name)?.filters
    expect(filters('My overdue contacts')).toMatchObject([
      { operand: 'IS', value: { isCurrentWorkspaceMemberSelected: true } },
      { operand: 'IS_IN_PAST' },
    ])
    expect(filters('My week')).toMatchObject([{ operand: 'IS' }, { operand: 'IS_RELATIVE', value: 'THIS_1_WEEK' }])
  })

  it('brings the sources of all of it, and of the schemas no more than it shows', () => {
    const { files } = appSource()
    for (const { name } of components) expect(files.has(`src/front-components/${name}.front-component.tsx`)).toBe(true)
    expect(files.get('src/logic-functions/ladder-rate.logic-function.ts')).toContain("handler: actionHandler('rate')")
    for (const [name, text] of files) if (name.startsWith('src/inside')) expect(text).not.toContain('schemas/')
  })
})
