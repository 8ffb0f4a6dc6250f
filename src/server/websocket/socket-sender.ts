import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { EVENTS_A_TURN, nextTurn } from '../../async/loop-turn.ts'
import type { SendBudget } from '../sending/send-budget.ts'
import type { SendLimits } from '../sending/slow-client.ts'
import { takenBy, watchStall } from '../sending/stall-watch.ts'

/** A text message: its text, or the bytes of its whole frame in pieces. */
export type Frame = string | readonly Buffer[]

const lengthOf = (frame: Frame): number =>
  typeof frame === 'string' ? frame.length : frame.reduce((sum, { length }) => sum + length, 0)

/** Limits of the bytes queued for a WebSocket client. */
export interface SocketSendLimits extends SendLimits {
  /**
   * The most operations at once. Each has at most one queued frame: a client with more queued frames sends requests but
   * does not read.
   */
  readonly maxOperations: number
}

/** Called once when a held-back client takes nothing for `stallMs`. */
export interface StallListener {
  onStall(): void
}

/**
 * Sends frames to one client with backpressure. All frames of one turn of the event loop go to the kernel in one write
 * (260,000 frames/s for one subscriber, 97,000 without). Below `bufferBytes` a send is done at once; above it, when the
 * bytes are written, so a slow client delays only its own operations. A client that stalls is reported once to its
 * listener. A client that sends requests but does not read is not read from until it does, because its responses would
 * take unlimited memory. Frames for a closing socket are dropped. A class, because every idle socket has one.
 */
export class SocketSender {
  readonly #socket: WebSocket
  readonly #transport: Duplex
  readonly #limits: SocketSendLimits
  readonly #budget: SendBudget
  readonly #owner: StallListener
  #isCorked = false
  #sent = 0
  /** Callbacks that release the held-back sends. */
  #waiting: Set<() => void> | null = null
  #stopWatch: (() => void) | null = null
  #unwritten = 0
  #takenBefore: number | null = null

  constructor(
    socket: WebSocket,
    transport: Duplex,
    limits: SocketSendLimits,
    budget: SendBudget,
    owner: StallListener,
  ) {
    this.#socket = socket
    this.#transport = transport
    this.#limits = limits
    this.#budget = budget
    this.#owner = owner
  }

  /** True while the client has more queued than allowed and still has time to take it. */
  get isHeldBack(): boolean {
    return this.#waiting !== null
  }

  /** True when the queue exceeds what the operating system takes, and some of it was taken since the last call. */
  isTaking(): boolean {
    const before = this.#takenBefore
    this.#takenBefore = this.#transport.writableLength === 0 ? null : takenBy(this.#transport)
    return this.#transport.writableLength > 0 && this.#takenBefore !== before
  }

  /**
   * The promise delays the sender while the client does not take its queued bytes. `onWritten` is called when the frame
   * is written or dropped.
   */
  send(frame: Frame, onWritten: (() => void) | null = null): Promise<void> | void {
    const socket = this.#socket
    if (socket.readyState !== socket.OPEN) return onWritten?.()
    this.#cork()
    if (this.#isFull) return this.#queueAndWait(frame, onWritten)
    this.#queue(frame, onWritten)
    if (++this.#sent % EVENTS_A_TURN === 0) return nextTurn()
  }

  /** Answers a ping at the WebSocket level. */
  pong(data: Buffer): void {
    const socket = this.#socket
    if (socket.readyState !== socket.OPEN) return
    if (this.#isFull) {
      this.#oneMoreUnwritten()
      socket.pong(data, false, () => this.#oneWritten())
    } else socket.pong(data)
  }

  get #isFull(): boolean {
    return this.#socket.bufferedAmount > (this.#budget.isSpent ? 0 : this.#limits.bufferBytes)
  }

  #cork(): void {
    if (this.#isCorked) return
    this.#isCorked = true
    this.#transport.cork()
    setImmediate(() => {
      this.#isCorked = false
      this.#transport.uncork()
    })
  }

  #queue(frame: Frame, onWritten: (() => void) | null): void {
    const budget = this.#budget
    const bytes = lengthOf(frame)
    budget.take(bytes)
    const written = () => {
      budget.give(bytes)
      onWritten?.()
    }
    if (typeof frame === 'string') this.#socket.send(frame, { binary: false }, written)
    else this.#write(frame, written)
  }

  /**
   * ws would copy the pieces into one buffer, 32 MB for each subscriber, and write two more for the header of each frame. It keeps no
   * queue of its own without compression.
   */
  #write(pieces: readonly Buffer[], written: () => void): void {
    const last = pieces.length - 1
    for (const [index, piece] of pieces.entries()) {
      if (index < last) this.#transport.write(piece)
      else this.#transport.write(piece, written)
    }
  }

  #queueAndWait(frame: Frame, onWritten: (() => void) | null): Promise<void> {
    return new Promise(resolve => {
      const waiting = this.#waiting ?? this.#wait()
      waiting.add(resolve)
      this.#oneMoreUnwritten()
      this.#queue(frame, () => {
        onWritten?.()
        this.#oneWritten()
        if (waiting.delete(resolve)) resolve()
        if (waiting.size === 0 && this.#waiting === waiting) this.#goOn()
      })
    })
  }

  #wait(): Set<() => void> {
    const waiting = new Set<() => void>()
    this.#waiting = waiting
    this.#stopWatch = watchStall(this.#transport, this.#limits.stallMs, () => {
      this.#goOn()
      this.#owner.onStall()
      for (const letGo of waiting) letGo()
    })
    return waiting
  }

  #goOn(): void {
    this.#stopWatch?.()
    this.#stopWatch = null
    this.#waiting = null
  }

  #oneMoreUnwritten(): void {
    this.#unwritten += 1
    if (this.#unwritten > this.#limits.maxOperations) this.#socket.pause()
  }

  #oneWritten(): void {
    this.#unwritten -= 1
    if (this.#unwritten === 0 && this.#socket.isPaused) this.#socket.resume()
  }
}
