import type { IsolationLevel } from '../../../kafka/message.ts'
import type { Offset } from '../../../kafka/offset.ts'
import type { LogFault, LogFollower, LogId, LogSlice } from '../../../kafka/ports/log-source.ts'
import { backoffMs } from '../../transport/wait.ts'

/** A reader's position in one partition's log, with its recent trouble. */
export class LogPosition {
  readonly log: LogId
  readonly isolationLevel: IsolationLevel
  offset: Offset
  /** Epoch of the last batch read; -1 before the first. */
  lastFetchedEpoch = -1
  /** Leader generation of the pending fetch; null if none is pending. */
  fetchingUnder: number | null = null
  /** No fetch before this time, by performance.now(). */
  notBefore = 0
  /** When the position was first found beyond the end (performance.now()); null if it is not. */
  beyondSince: number | null = null
  /** When the topic was first found missing (performance.now()); null if it exists. */
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

  /** Passes a slice to the follower and moves the position after it. */
  advance(slice: LogSlice, leaderEpoch: number): void {
    if (this.isEnded) return
    this.#failures = 0
    this.beyondSince = null
    this.offset = slice.next
    if (leaderEpoch >= 0) this.lastFetchedEpoch = leaderEpoch
    this.#follower.onSlice(slice)
  }

  /** True for the first decoding failure at an offset. Bytes damaged in transit are intact when fetched again. */
  isFirstDamageAt(offset: Offset): boolean {
    if (this.#damagedAt === offset) return false
    this.#damagedAt = offset
    return true
  }

  /** Call when nothing is new and nothing is wrong. */
  settle(): void {
    this.#failures = 0
    this.beyondSince = null
  }

  /** Schedules a retry: backs off from 50 to 500 ms. */
  delay(): void {
    this.#failures++
    this.notBefore = performance.now() + backoffMs(this.#failures)
  }

  /** Ends permanently and reports the fault to the follower. */
  fail(fault: LogFault): void {
    if (this.isEnded) return
    this.isEnded = true
    this.#follower.onFault(fault)
  }
}
