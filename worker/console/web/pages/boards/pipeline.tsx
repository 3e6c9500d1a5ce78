import { type ReactNode, useMemo } from 'react'
import { Chart } from '../../parts/chart.tsx'
import { useLanguage } from '../../parts/language.tsx'
import { useNames } from '../../parts/bank-names.tsx'
import { go } from '../../parts/router.tsx'
import { Figure, useCustomersOf } from './figure.tsx'
import type { Rows } from './rows.ts'
import { texts } from './texts.ts'

/** `DEV_A/DEV_A01` → `DEV-A01 市场研究`. */
const stageName = (code: string): string => code.split('/').at(-1) ?? code

/** Developments by stage, how many went on, and how long they stayed (MEAS-PIPE), one funnel a pipeline. */
export const Pipelines = ({ rows }: { rows: Rows }): ReactNode => {
  const { say } = useLanguage()
  const pipelines = rows.heads('MEAS-PIPE')
  return (
    <>
      {pipelines.map((pipeline) => (
        <Pipeline key={pipeline} rows={rows} pipeline={pipeline} />
      ))}
      {pipelines.length === 0 && (
        <section className="card">
          <h2>{say(texts.pipeline)}</h2>
          <p className="soft">{say(texts.noPipeline)}</p>
        </section>
      )}
    </>
  )
}

const Pipeline = ({ rows, pipeline }: { rows: Rows; pipeline: string }): ReactNode => {
  const { say } = useLanguage()
  const names = useNames()
  const to = useCustomersOf()
  const stages = useMemo(
    () =>
      rows
        .heads('MEAS-PIPE', 2)
        .filter((code) => code.startsWith(`${pipeline}/`))
        .sort(),
    [rows, pipeline],
  )
  // a funnel of how far developments have come: each step holds those that are there or beyond
  const option = useMemo(
    () => ({
      series: [
        {
          type: 'funnel' as const,
          sort: 'none' as const,
          left: 8,
          right: 8,
          top: 4,
          bottom: 4,
          minSize: '14%',
          gap: 2,
          label: { position: 'inside' as const, color: '#fff', formatter: '{b} · {c}' },
          itemStyle: { color: '#2f6fb0', borderWidth: 0 },
          data: stages.map((code, at) => ({
            name: stageName(code).replace('_', '-'),
            value: stages.slice(at).reduce((sum, one) => sum + (rows.one('MEAS-PIPE', one)?.now ?? 0), 0),
          })),
        },
      ],
    }),
    [rows, stages],
  )
  const id = `pipe-${pipeline}`
  return (
    <section aria-labelledby={id} className="card wide">
      <h2 id={id}>
        {say(texts.pipeline)} · {say(names.of(pipeline))}
      </h2>
      <div className="split">
        <div>
          <p className="soft">{say(texts.funnel)}</p>
          <Chart
            option={option}
            height={Math.max(160, stages.length * 31)}
            onPick={(name) => go(to('MEAS-PIPE', `${pipeline}/${name.replace('-', '_')}`))}
          />
        </div>
        <div className="scroll" tabIndex={0}>
          <table className="figures">
            <thead>
              <tr>
                <th scope="col">{say(texts.stage)}</th>
                <th scope="col">{say(texts.inStage)}</th>
                <th scope="col">{say(texts.before)}</th>
                <th scope="col">{say(texts.conversion)}</th>
                <th scope="col">{say(texts.days)}</th>
              </tr>
            </thead>
            <tbody>
              {stages.map((code) => (
                <tr key={code}>
                  <th scope="row">
                    <span className="soft">{stageName(code).replace('_', '-')}</span> {say(names.of(stageName(code)))}
                  </th>
                  <td>
                    <Figure row={rows.one('MEAS-PIPE', code)} />
                  </td>
                  <td>
                    <Figure row={rows.one('MEAS-PIPE', code)} was />
                  </td>
                  <td>
                    <Figure row={rows.one('MEAS-PIPE', `${code}/CONVERSION`)} />
                  </td>
                  <td>
                    <Figure row={rows.one('MEAS-PIPE', `${code}/DAYS`)} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </section>
  )
}
