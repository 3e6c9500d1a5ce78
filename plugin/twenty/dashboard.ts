import type { Label } from '../../schemas/model/define.ts'
import { fieldId, idOf, objectId } from './ids.ts'
import type { ManifestNavigation, ManifestPage, ManifestWidget } from './manifest.ts'

const TITLE: Label = { en: 'Ladder figures', zh: 'Ladder 管理指标' }

interface Chart {
  title: Label
  object: string
  /** The field that makes the groups. */
  by: string
  kind: 'PIE_CHART' | 'BAR_CHART'
  /** Sums a number of each group; counts records without. */
  sum?: string
  /** Only records whose select is one of these. */
  only?: { field: string; is: string[] }
  /** Columns of twelve. */
  width: number
}

/** MEAS: what managers look at first, drawn over Ladder's own records; the figures themselves stand in their list. */
const CHARTS: readonly Chart[] = [
  {
    title: { en: 'Companies by tier', zh: '公司客户等级分布' },
    object: 'company',
    by: 'ladderTier',
    kind: 'PIE_CHART',
    width: 4,
  },
  {
    title: { en: 'Individuals by tier', zh: '个人客户等级分布' },
    object: 'person',
    by: 'ladderTier',
    kind: 'PIE_CHART',
    width: 4,
  },
  {
    title: { en: 'Open escalations by cause', zh: '未结督办按原因' },
    object: 'escalation',
    by: 'cause',
    kind: 'PIE_CHART',
    only: { field: 'status', is: ['OPEN', 'PAUSED', 'SNOOZED', 'ACKNOWLEDGED'] },
    width: 4,
  },
  {
    title: { en: 'Key-account development by stage', zh: '大客户开发各阶段' },
    object: 'development',
    by: 'stage',
    kind: 'BAR_CHART',
    only: { field: 'pipeline', is: ['DEV_A'] },
    width: 8,
  },
  {
    title: { en: 'Guests by attendance', zh: '活动到场情况' },
    object: 'participation',
    by: 'attendance',
    kind: 'PIE_CHART',
    width: 4,
  },
  {
    title: { en: 'Figures in percent, now', zh: '百分比指标（本期）' },
    object: 'measure',
    by: 'name',
    kind: 'BAR_CHART',
    sum: 'valueNow',
    only: { field: 'unit', is: ['PERCENT'] },
    width: 12,
  },
]

const HEIGHT = 6

const configurationOf = ({ object, by, kind, sum, only }: Chart): ManifestWidget['configuration'] => ({
  configurationType: kind,
  aggregateFieldMetadataUniversalIdentifier: fieldId(object, sum ?? (object === 'measure' ? 'valueNow' : 'name')),
  aggregateOperation: sum ? 'SUM' : 'COUNT',
  [kind === 'PIE_CHART'
    ? 'groupByFieldMetadataUniversalIdentifier'
    : 'primaryAxisGroupByFieldMetadataUniversalIdentifier']: fieldId(object, by),
  ...(kind === 'BAR_CHART' ? { layout: 'VERTICAL', omitNullValues: true } : {}),
  displayLegend: true,
  displayDataLabel: true,
  ...(only
    ? {
        filter: {
          recordFilters: [
            {
              fieldMetadataUniversalIdentifier: fieldId(object, only.field),
              operand: 'IS',
              value: JSON.stringify(only.is),
              type: 'SELECT',
            },
          ],
        },
      }
    : {}),
})

const widgets = (): ManifestWidget[] => {
  let [row, column] = [0, 0]
  return CHARTS.map((chart) => {
    if (column + chart.width > 12) [row, column] = [row + HEIGHT, 0]
    const position = { layoutMode: 'GRID', row, column, rowSpan: HEIGHT, columnSpan: chart.width }
    column += chart.width
    return {
      universalIdentifier: idOf(`page-layout-widget/figures/${chart.title.en}`),
      title: chart.title.en,
      type: 'GRAPH',
      objectUniversalIdentifier: objectId(chart.object),
      position,
      configuration: configurationOf(chart),
    }
  })
}

/** The page with the figures: a standalone one, since nothing in the navigation leads to an app's dashboard (2.31). */
export const figuresPage: ManifestPage = {
  universalIdentifier: idOf('page-layout/figures'),
  name: TITLE.en,
  type: 'STANDALONE_PAGE',
  tabs: [
    {
      universalIdentifier: idOf('page-layout-tab/figures'),
      title: TITLE.en,
      position: 0,
      icon: 'IconChartBar',
      layoutMode: 'GRID',
      widgets: widgets(),
    },
  ],
}

export const figuresNavigation = (position: number, folder: string): ManifestNavigation => ({
  universalIdentifier: idOf('navigation/figures'),
  type: 'PAGE_LAYOUT',
  name: TITLE.en,
  icon: 'IconChartBar',
  position,
  pageLayoutUniversalIdentifier: figuresPage.universalIdentifier,
  folderUniversalIdentifier: folder,
})

export const figuresLabels: Label[] = [TITLE, ...CHARTS.map(({ title }) => title)]
