import { fromKept, type KeptPlaybook, type Pipeline, type Playbook } from '../../schemas/playbook/index.ts'
import { compilePipeline, compilePlaybook } from '../method/playbook/index.ts'
import type { CompiledPipeline, CompiledPlaybook, Context } from '../method/context.ts'
import type { Meta } from '../shell/meta.ts'
import type { Sql } from '../shell/sql.ts'

/** The playbook version in force with those who hold its roles, as the Account hands it over. */
export interface InForce {
  version: number
  /** Grows with each change of version or members. */
  epoch: number
  /** CRM users by e-mail. */
  members: Context['members']
}

/** Keeps the playbook that the Account handed over, compiled once, and the pipelines of running developments. */
export class RulesInForce {
  readonly #sql: Sql
  readonly #meta: Meta
  #compiled: CompiledPlaybook | undefined
  #members: Context['members'] | undefined
  readonly #pipelines = new Map<string, CompiledPipeline>()

  constructor(sql: Sql, meta: Meta) {
    this.#sql = sql
    this.#meta = meta
  }

  /** What this Book has of the Account's; 0 for nothing. */
  epoch(): number {
    return this.#meta.get<number>('epoch') ?? 0
  }

  version(): number {
    return this.#meta.get<number>('playbookVersion') ?? 0
  }

  /** Takes a playbook over. It was checked by the Account; one that doesn't compile is a fault in Ladder. */
  set(source: Playbook, version: number): void {
    const result = compilePlaybook(source, version)
    if (!result.ok) throw new Error(`playbook ${version} doesn't compile: ${JSON.stringify(result.issues[0])}`)
    this.#sql.together(() => {
      this.#meta.set('playbook', source)
      this.#meta.set('playbookVersion', version)
      for (const pipeline of result.playbook.pipelines.values()) {
        this.#sql.run(
          'INSERT INTO pipeline (hash, source) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING',
          pipeline.hash,
          JSON.stringify(pipeline.source),
        )
      }
    })
    this.#compiled = result.playbook
  }

  /** True when working time, or which pipelines are on, is another now: all has to be looked at again. */
  setInForce(source: Playbook, { version, epoch, members }: InForce): boolean {
    const before = this.#playbook()
    if (this.version() !== version) this.set(source, version)
    this.#meta.set('members', members)
    this.#members = members
    this.#meta.set('epoch', epoch)
    return before !== undefined && reachOf(before.source) !== reachOf(source)
  }

  /** What decisions may look at, at `now` (epoch ms); undefined before a playbook was handed over. */
  context(now: number): Context | undefined {
    const playbook = this.#playbook()
    if (!playbook) return undefined
    this.#members ??= this.#meta.get<Context['members']>('members') ?? {}
    return { playbook, now, members: this.#members, pipeline: (hash) => this.#pipeline(playbook, hash) }
  }

  #playbook(): CompiledPlaybook | undefined {
    if (this.#compiled) return this.#compiled
    const source = this.#meta.get<KeptPlaybook>('playbook')
    if (source) this.set(fromKept(source), this.version())
    return this.#compiled
  }

  #pipeline(playbook: CompiledPlaybook, hash: string): CompiledPipeline | undefined {
    for (const pipeline of playbook.pipelines.values()) if (pipeline.hash === hash) return pipeline
    const kept = this.#pipelines.get(hash)
    if (kept) return kept
    const row = this.#sql.one<{ source: string }>('SELECT source FROM pipeline WHERE hash = ?', hash)
    if (!row) return undefined
    const pipeline = compilePipeline(JSON.parse(row.source) as Pipeline)
    this.#pipelines.set(hash, pipeline)
    return pipeline
  }
}

/** What of a playbook changes what waits, or was refused, without any news. */
const reachOf = ({ calendar, branches, pipelines }: Playbook): string =>
  JSON.stringify([
    calendar,
    branches.map(({ code, calendar: own }) => [code, own]),
    pipelines.map(({ code, active }) => [code, active !== false]),
  ])
