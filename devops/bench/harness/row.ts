import type { Line } from './line.ts'
import type { Stage } from './stage.ts'

/** A part of the table that can be run by its name. */
export interface Row {
  readonly name: string
  /** One sentence: what is measured, against what. */
  readonly about: string
  /** Left out unless it is named: it takes long. */
  readonly isLong?: boolean
  readonly nodes?: 1 | 3
  run(stage: Stage): Promise<readonly Line[]>
}
