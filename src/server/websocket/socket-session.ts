import type { Duplex } from 'node:stream'
import { CloseCode, type WebSocket as ProtocolSocket } from 'graphql-ws'
import type { WebSocket } from 'ws'
import type { Turns } from '../../async/turns.ts'
import { isLargeJson } from '../pipeline/documents/json-weight.ts'
import type { SendBudget } from '../sending/send-budget.ts'
import { tooSlow } from '../sending/slow-client.ts'
import { type Frames, ReadyFrame } from './frames.ts'
import { SocketOperations } from './socket-operations.ts'
import type { ProtocolServer } from './socket-protocol.ts'
import { SocketSender, type SocketSendLimits } from './socket-sender.ts'

/** State that all sessions of a server share. */
export interface SessionParts {
  readonly protocol: ProtocolServer
  readonly frames: Frames
  readonly turns: Turns
  readonly limits: SocketSendLimits & { readonly connectionInitTimeoutMs: number }
  readonly budget: SendBudget
}

/** The format that graphql-ws writes, for ids of usual length. */
const LAST_OF_OPERATION = /^\{"id":"(?:[^"\\]|\\.){0,200}","type":"(?:complete|error)"/

/**
 * The longest reason of a close frame in bytes; ws throws beyond it. Close code 4409 puts the client's operation id
 * into the reason.
 */
const LONGEST_REASON = 123

const fitting = (reason: string): string =>
  reason.slice(0, new TextEncoder().encodeInto(reason, new Uint8Array(LONGEST_REASON)).read)

/**
 * One WebSocket: the interface for graphql-ws, and the socket's own state. A class without closures, which cost 1 KB
 * for an idle socket.
 */
export class SocketSession implements ProtocolSocket {
  readonly protocol: string
  readonly operations = new SocketOperations()
  /** Settles when the frames that wait for a turn have begun; null when none waits. */
  #begun: Promise<void> | null = null
  /** True while its last ping is unanswered. */
  isSilent = false
  readonly #socket: WebSocket
  readonly #sender: SocketSender
  readonly #parts: SessionParts
  readonly #closed: (code: number, reason: string) => Promise<void>
  #handle: (frame: string) => Promise<void> = () => Promise.resolve()
  /** Runs until the client sends `connection_init`. */
  #initTimer: NodeJS.Timeout | null

  constructor(socket: WebSocket, transport: Duplex, parts: SessionParts) {
    this.protocol = socket.protocol
    this.#socket = socket
    this.#parts = parts
    this.#sender = new SocketSender(socket, transport, parts.limits, parts.budget, this)
    this.#initTimer = setTimeout(() => this.#endUninitialised(), parts.limits.connectionInitTimeoutMs)
    this.#closed = parts.protocol.opened(this, this)
  }

  /** True while the client has more queued than allowed and still has time to take it. */
  get isHeldBack(): boolean {
    return this.#sender.isHeldBack
  }

  /** True when a ping would be queued behind bytes that the client is taking. Called once for each ping. */
  isTaking(): boolean {
    return this.#sender.isTaking()
  }

  /**
   * Sends a frame of graphql-ws, which waits for the promise. For the last frame of an operation, waiting would keep
   * its id in use.
   */
  send(frame: string): Promise<void> | void {
    const spliced = this.#parts.frames.splice(frame)
    if (spliced instanceof ReadyFrame) return this.sendFrame(spliced)
    const sent = this.#sender.send(spliced)
    // The client may already use the id for another operation. graphql-ws would then forget that operation instead, and
    // it would never end.
    if (!LAST_OF_OPERATION.test(frame)) return sent
  }

  /** Sends a result. */
  sendFrame({ pieces, large }: ReadyFrame): Promise<void> | void {
    if (large === null) return this.#sender.send(pieces)
    const { sent } = large.take(() => this.#socket.terminate())
    return this.#sender.send(pieces, sent)
  }

  /** The client sent a ping at the WebSocket level. */
  pinged(data: Buffer): void {
    this.#sender.pong(data)
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, fitting(reason))
  }

  /** A client that does not answer the close is cut: 1,000 silent clients held their places for up to two pings. */
  #endUninitialised(): void {
    this.close(CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout')
    this.#initTimer = setTimeout(() => this.#socket.terminate(), this.#parts.limits.connectionInitTimeoutMs)
  }

  onMessage(handle: (frame: string) => Promise<void>): void {
    this.#handle = handle
  }

  /** The client has sent `connection_init`, or has left. */
  stopInitTimer(): void {
    if (this.#initTimer !== null) clearTimeout(this.#initTimer)
    this.#initTimer = null
  }

  /** Handles a frame from the client. A large one waits for its turn of the event loop, and the frames behind it wait too. */
  received(frame: string): Promise<void> {
    const isLarge = isLargeJson(frame.length)
    return isLarge || this.#begun !== null ? this.#receivedInTurn(frame, isLarge) : this.#begin(frame)
  }

  async #receivedInTurn(frame: string, isLarge: boolean): Promise<void> {
    const { turns } = this.#parts
    let handled = Promise.resolve()
    const begin = (): void => {
      if (this.#socket.readyState === this.#socket.OPEN) handled = this.#begin(frame)
    }
    const before = this.#begun ?? Promise.resolve()
    const begun = before.then(() => (isLarge ? turns.inTurn(begin) : begin()))
    this.#begun = begun
    // Bounds what waits here: nothing more is read from the client.
    this.#socket.pause()
    await begun
    if (this.#begun === begun) {
      this.#begun = null
      this.#socket.resume()
    }
    return handled
  }

  #begin(frame: string): Promise<void> {
    const id = this.operations.watch(frame)
    return id === null ? this.#handle(frame) : this.#receivedEarly(frame, id)
  }

  /** A client may reuse an id as soon as it has cancelled its operation. */
  async #receivedEarly(frame: string, id: string): Promise<void> {
    if (this.operations.isAwaited(id))
      return this.close(CloseCode.SubscriberAlreadyExists, `Subscriber for ${id} already exists`)
    const begins = await this.operations.untilOver(id)
    if (begins && this.#socket.readyState === this.#socket.OPEN) await this.received(frame)
  }

  /** The client reads nothing: its streams end with an error that contains the cursor to resume from. */
  onStall(): void {
    this.operations.failStreams(tooSlow(this.#parts.limits.stallMs))
  }

  /** The socket is closed: ends everything that belongs to it. */
  ended(code: number, reason: string): Promise<void> {
    this.stopInitTimer()
    this.operations.abortAll()
    return this.#closed(code, reason)
  }
}
