import type { IsolationLevel } from '../../kafka/message.ts'
import type { Offset } from '../../kafka/offset.ts'
import type { LogFault, LogFollower, LogId, LogSlice } from '../../kafka/ports/log-source.ts'
import { backoffMs } from '../connection/wait.ts'

/** Where one reader of one partition's log stands, and what went wrong there lately. */
export class LogCursor {
  readonly log: LogId
  readonly isolationLevel: IsolationLevel
  offset: Offset
  /** Epoch of the last batch read; -1 before the first. */
  lastFetchedEpoch = -1
  /** Generation of the leader that a fetch under way was sent to; null while none is. */
  fetchingUnder: number | null = null
  /** By performance.now(), before which it is not fetched again. */
  notBefore = 0
  /** By performance.now(), since when the position has been beyond the end; null while it is not. */
  beyondSince: number | null = null
  /** By performance.now(), since when its topic has seemed to be gone; null while it does not. */
  goneSince: number | null = null
  isEnded = false
  #failures = 0
  #damagedAt: Offset | null = null
  readonly #follower: LogFollower

  constructor(log: LogId, isolationLevel: IsolationLevel, offset: Offset, follower: LogFollower) {
    this.log = log
    this.isolationLevel = isolationLevel
    this.offset = offset
    this.#follower = follower
  }

  /** Hands a slice on and moves behind it. */
  advance(slice: LogSlice, leaderEpoch: number): void {
    if (this.isEnded) return
    this.#failures = 0
    this.beyondSince = null
    this.offset = slice.next
    if (leaderEpoch >= 0) this.lastFetchedEpoch = leaderEpoch
    this.#follower.onSlice(slice)
  }

  /** True the first time that what lies at an offset cannot be decoded: damaged on its way it is sound when it comes again. */
  isFirstDamageAt(offset: Offset): boolean {
    if (this.#damagedAt === offset) return false
    this.#damagedAt = offset
    return true
  }

  /** Nothing new, and nothing wrong. */
  settle(): void {
    this.#failures = 0
    this.beyondSince = null
  }

  /** Tries again later: 50 to 500 ms, the longer the more often it failed. */
  delay(): void {
    this.#failures++
    this.notBefore = performance.now() + backoffMs(this.#failures)
  }

  /** Ends for good, telling the follower why. */
  fail(fault: LogFault): void {
    if (this.isEnded) return
    this.isEnded = true
    this.#follower.onFault(fault)
  }
}
