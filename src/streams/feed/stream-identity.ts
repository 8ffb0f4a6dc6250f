import type { Cursor } from '../../kafka/cursor/cursor.ts'
import type { CursorCodec, CursorCoverage } from '../../kafka/cursor/cursor-codec.ts'
import type { Positions } from '../../kafka/cursor/positions.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import type { EpochLedger } from '../ring/epoch-ledger.ts'

/** The part that all cursors of a stream have in common. */
export interface StreamIdentity {
  readonly topic: TopicName
  readonly topicId: string
  readonly coverage: CursorCoverage
  readonly codec: CursorCodec
  readonly epochs: EpochLedger
}

/** The cursor of a stream at `positions`. */
export const cursorOf = ({ topic, topicId, coverage, codec, epochs }: StreamIdentity, positions: Positions): Cursor =>
  codec.encode({ topic, topicId, coverage, positions, othersFrom: null, epochAt: epochs.at })
