import type { GroupState, GroupType } from '../../../kafka/groups.ts'

const STATES: ReadonlyMap<string, GroupState> = new Map([
  ['preparingrebalance', 'PREPARING_REBALANCE'],
  ['completingrebalance', 'COMPLETING_REBALANCE'],
  ['stable', 'STABLE'],
  ['dead', 'DEAD'],
  ['empty', 'EMPTY'],
  ['assigning', 'ASSIGNING'],
  ['reconciling', 'RECONCILING'],
  ['notready', 'NOT_READY'],
])

const TYPES: ReadonlyMap<string, GroupType> = new Map([
  ['consumer', 'CONSUMER'],
  ['classic', 'CLASSIC'],
  ['share', 'SHARE'],
  ['streams', 'STREAMS'],
])

/** Parses a state as brokers write it ("PreparingRebalance", in any case). */
export const groupStateOf = (text: string): GroupState => STATES.get(text.toLowerCase()) ?? 'UNKNOWN'

/** Parses a type as brokers write it ("Consumer", in any case). */
export const groupTypeOf = (text: string): GroupType => TYPES.get(text.toLowerCase()) ?? 'UNKNOWN'
