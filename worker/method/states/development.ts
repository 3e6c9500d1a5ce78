/** Where a development stands. `pipeline` is the content hash of its pipeline as it was when the development began. */
export interface DevelopmentState {
  pipeline: string
  stage: string
  since: string
  due: string | null
  /** Why the last move was refused, as long as that still stands; '' when nothing was. */
  notice: string
  /** Times that it was moved back: tells the tasks of one stay in a stage from those of the next. */
  moves: number
  /** Warnings count from this stage on: a development that was there before Ladder began in the middle. */
  from: string
  /** The move that was refused last, with the ids of the exit rules that failed. */
  refused: Refused | null
  /** It began under Ladder, so its pipeline's entry rules count. */
  asked?: boolean
  /** How the target was found (DEV-SRC); null: nobody has said. */
  source?: string | null
  won?: boolean
}

/** `pipeline`: `to` is the pipeline that it was to go over to. */
export interface Refused {
  to: string
  rules: string[]
  pipeline?: true
}
