import { type ReactNode, useEffect, useRef } from 'react'
import type { ChartOption } from './echarts.ts'
import { useLook } from './look.tsx'

/**
 * A chart. What it shows must stand beside it as a table or list too: it is hidden from those who have the page read to them.
 * `onPick` is told the name of the bar or slice that was clicked.
 */
export const Chart = ({
  option,
  height,
  onPick,
}: {
  option: ChartOption
  height: number
  onPick?: (name: string) => void
}): ReactNode => {
  const place = useRef<HTMLDivElement>(null)
  const { look } = useLook()
  const pick = useRef(onPick)
  useEffect(() => {
    pick.current = onPick
  })
  useEffect(() => {
    let isWanted = true
    let end: () => void = () => undefined
    void import('./echarts.ts').then(({ draw }) => {
      if (isWanted && place.current) end = draw(place.current, option, look, (name) => pick.current?.(name))
    })
    return () => {
      isWanted = false
      end()
    }
  }, [option, look])
  return <div ref={place} className="chart" style={{ height }} aria-hidden="true" />
}
