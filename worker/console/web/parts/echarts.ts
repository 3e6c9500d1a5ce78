import {
  BarChart,
  type BarSeriesOption,
  CustomChart,
  type CustomSeriesOption,
  FunnelChart,
  type FunnelSeriesOption,
} from 'echarts/charts'
import {
  GridComponent,
  type GridComponentOption,
  LegendComponent,
  type LegendComponentOption,
} from 'echarts/components'
import { type ComposeOption, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

export type ChartOption = ComposeOption<
  BarSeriesOption | FunnelSeriesOption | CustomSeriesOption | GridComponentOption | LegendComponentOption
>

use([BarChart, FunnelChart, CustomChart, GridComponent, LegendComponent, SVGRenderer])

const INK = { light: 'rgba(0,0,0,.78)', dark: 'rgba(255,255,255,.82)' }
const LINE = { light: '#e3e7ec', dark: '#33383f' }

/** Draws a chart into a place, follows the place's width, and gives back what ends it. */
export const draw = (
  place: HTMLElement,
  option: ChartOption,
  look: 'light' | 'dark',
  onPick: (name: string) => void,
): (() => void) => {
  const axis = {
    axisLabel: { color: INK[look] },
    axisLine: { lineStyle: { color: LINE[look] } },
    splitLine: { lineStyle: { color: LINE[look] } },
  }
  const theme = {
    color: look === 'dark' ? ['#4b93e6', '#3d5a80', '#63c788'] : ['#0a5fb4', '#b3cbe6', '#1b7a3d'],
    textStyle: { color: INK[look], fontFamily: 'inherit' },
    legend: { textStyle: { color: INK[look] } },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: axis,
  }
  const chart = init(place, theme, { renderer: 'svg' })
  chart.setOption({ animation: false, ...option })
  chart.on('click', ({ name }) => onPick(name))
  const watch = new ResizeObserver(() => chart.resize())
  watch.observe(place)
  return () => {
    watch.disconnect()
    chart.dispose()
  }
}
