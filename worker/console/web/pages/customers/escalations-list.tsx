import type { ReactNode } from 'react'
import { query } from '../../parts/api.ts'
import { Shown } from '../../parts/page.tsx'
import { usePlace } from '../../parts/router.tsx'
import { useAccountPath } from '../../parts/session.tsx'
import { useData } from '../../parts/use-data.ts'
import { type Open, OpenEscalations } from './escalations.tsx'

interface Told {
  escalations: (Omit<Open, 'customer'> & { ref: string; name: string })[]
}

/** Open escalations of all customers that one may see, the highest level first. */
export const EscalationsList = (): ReactNode => {
  const account = useAccountPath()
  const { query: asked } = usePlace()
  const [told, again] = useData<Told>(
    `${account}/escalations${query({ branch: asked.get('branch') ?? '', rm: asked.get('rm') ?? '', cause: asked.get('cause') ?? '' })}`,
  )
  return (
    <Shown of={told} again={again}>
      {({ escalations }) => (
        <div className="card">
          <OpenEscalations
            list={escalations.map(({ ref, name, ...one }) => ({ ...one, customer: { ref, name } }))}
            onDone={again}
          />
        </div>
      )}
    </Shown>
  )
}
