import type { Row } from './harness/row.ts'
import { administration } from './rows/administration.ts'
import { decode } from './rows/decode.ts'
import { distinct } from './rows/distinct.ts'
import { fanOut } from './rows/fan-out.ts'
import { fanOutBatches } from './rows/fan-out-batches.ts'
import { faults } from './rows/faults.ts'
import { firstMessage } from './rows/first-message.ts'
import { idle } from './rows/idle.ts'
import { latency } from './rows/latency.ts'
import { produce } from './rows/produce.ts'
import { replay, replayMillion } from './rows/replay-rows.ts'
import { slowReaders } from './rows/slow-readers.ts'
import { soak } from './rows/soak.ts'

/** Every row, in the order of the table. */
export const rows: readonly Row[] = [
  firstMessage,
  replay,
  replayMillion,
  produce,
  fanOut,
  fanOutBatches,
  distinct,
  latency,
  slowReaders,
  idle,
  administration,
  decode,
  soak,
  faults,
]
