import type { Line } from './line.ts'
import type { Stage } from './stage.ts'

/** A part of the table that can be run by name. */
export interface Row {
  readonly name: string
  /** One sentence: what is measured, compared with what. */
  readonly about: string
  /** Runs only when named, because it takes long. */
  readonly isLong?: boolean
  readonly nodes?: 1 | 3
  run(stage: Stage): Promise<readonly Line[]>
}
