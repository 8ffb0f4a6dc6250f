import type { Duplex } from 'node:stream'
import { CloseCode, type WebSocket as ProtocolSocket } from 'graphql-ws'
import type { WebSocket } from 'ws'
import { type FrameSplice, LargeFrame } from './frames.ts'
import type { SendBudget } from './send-budget.ts'
import { SocketOperations } from './socket-operations.ts'
import { type ProtocolServer, tooSlow } from './socket-protocol.ts'
import { SocketSender, type SocketSendLimits } from './socket-sender.ts'

/** What all sessions of a server share. */
export interface SessionParts {
  readonly protocol: ProtocolServer
  readonly frames: FrameSplice
  readonly limits: SocketSendLimits & { readonly connectionInitTimeoutMs: number }
  readonly budget: SendBudget
}

/** As graphql-ws writes it, unless its id is longer than ids are. */
const LAST_OF_OPERATION = /^\{"id":"(?:[^"\\]|\\.){0,200}","type":"(?:complete|error)"/

/** A close frame takes no longer reason, in bytes: ws throws. The id of a client's operation is part of one (4409). */
const LONGEST_REASON = 123

const fitting = (reason: string): string =>
  reason.slice(0, new TextEncoder().encodeInto(reason, new Uint8Array(LONGEST_REASON)).read)

/** One WebSocket: how graphql-ws sees it, and what belongs to it. A class without closures: they cost 1 KB for an idle socket. */
export class SocketSession implements ProtocolSocket {
  readonly protocol: string
  readonly operations = new SocketOperations()
  /** True while its last ping is unanswered. */
  isSilent = false
  readonly #socket: WebSocket
  readonly #sender: SocketSender
  readonly #parts: SessionParts
  readonly #closed: (code: number, reason: string) => Promise<void>
  #handle: (frame: string) => Promise<void> = () => Promise.resolve()
  /** Runs until the client says `connection_init`. */
  #initTimer: NodeJS.Timeout | null

  constructor(socket: WebSocket, transport: Duplex, parts: SessionParts) {
    this.protocol = socket.protocol
    this.#socket = socket
    this.#parts = parts
    this.#sender = new SocketSender(socket, transport, parts.limits, parts.budget, this)
    this.#initTimer = setTimeout(() => this.#endUninitialised(), parts.limits.connectionInitTimeoutMs)
    this.#closed = parts.protocol.opened(this, this)
  }

  /** True while the client has more waiting than it may and is given time to take it. */
  get isHeldBack(): boolean {
    return this.#sender.isHeldBack
  }

  /** True when a ping would be stuck behind what its client is just taking; asked once a ping. */
  isTaking(): boolean {
    return this.#sender.isTaking()
  }

  /** What graphql-ws sends. It waits for the promise; the last frame of an operation it would hold the id for meanwhile. */
  send(frame: string): Promise<void> | void {
    const spliced = this.#parts.frames.splice(frame)
    if (spliced instanceof LargeFrame) return this.#sendLarge(spliced)
    const sent = this.#sender.send(spliced)
    // A client may have given the id to another operation by then, which would be forgotten for this one, and never end.
    if (spliced !== frame || !LAST_OF_OPERATION.test(frame)) return sent
  }

  #sendLarge({ pieces, result }: LargeFrame): Promise<void> | void {
    const { sent } = result.take(() => this.#socket.terminate())
    return this.#sender.send(pieces, sent)
  }

  /** The client sent a ping of WebSocket itself. */
  pinged(data: Buffer): void {
    this.#sender.pong(data)
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, fitting(reason))
  }

  /** Who does not answer the closing either is cut: 1,000 that never speak held their places for up to two pings. */
  #endUninitialised(): void {
    this.close(CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout')
    this.#initTimer = setTimeout(() => this.#socket.terminate(), this.#parts.limits.connectionInitTimeoutMs)
  }

  onMessage(handle: (frame: string) => Promise<void>): void {
    this.#handle = handle
  }

  /** The client has said `connection_init`, or is gone. */
  stopInitTimer(): void {
    if (this.#initTimer !== null) clearTimeout(this.#initTimer)
    this.#initTimer = null
  }

  /** Handles what the client sent. */
  received(frame: string): Promise<void> {
    const id = this.operations.watch(frame)
    return id === null ? this.#handle(frame) : this.#receivedEarly(frame, id)
  }

  /** An id may be used again as soon as its operation is given up. */
  async #receivedEarly(frame: string, id: string): Promise<void> {
    if (this.operations.isAwaited(id))
      return this.close(CloseCode.SubscriberAlreadyExists, `Subscriber for ${id} already exists`)
    const begins = await this.operations.untilOver(id)
    if (begins && this.#socket.readyState === this.#socket.OPEN) await this.received(frame)
  }

  /** The client reads nothing: its streams end with an error that says where to go on. */
  onStall(): void {
    this.operations.failStreams(tooSlow(this.#parts.limits.stallMs))
  }

  /** The socket is gone, and everything with it. */
  ended(code: number, reason: string): Promise<void> {
    this.stopInitTimer()
    this.operations.abortAll()
    return this.#closed(code, reason)
  }
}
