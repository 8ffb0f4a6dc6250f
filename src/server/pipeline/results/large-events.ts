import type { ExecutionResult, GraphQLError } from 'graphql'
import { Permits } from '../../../async/permits.ts'
import type { Turns } from '../../../async/turns.ts'
import { HeldPermit } from './held-permit.ts'
import { LargeResult } from './large-result.ts'
import { jsonParts, piecesInTurns } from './plain-json.ts'

/** An event with at least this many bytes of rendered payloads is large: its JSON is written in slices, and waits for memory. */
const LARGE_BYTES = 524_288
/** Bytes of one permit. */
const BYTES_A_PERMIT = 1_048_576
/** Permits of all large events: 128 MiB of JSON that clients have not read yet. */
const PERMITS = 128

/** Dependencies and limits of large events. */
export interface LargeEventsOptions {
  readonly turns: Turns
  /** How long a client may take to read a large event while others wait for memory, ms. */
  readonly patienceMs: number
  readonly toClientResult: (result: ExecutionResult) => ExecutionResult
}

/** JSON that is made in pieces, each of them quickly. */
export interface JsonInPieces {
  pieces(): Iterator<string | Buffer>
}

const isInPieces = (result: ExecutionResult | JsonInPieces): result is JsonInPieces =>
  'pieces' in result && typeof result.pieces === 'function'

/** The JSON of a large event, shared by all subscribers that want it. */
export class ReadyPieces {
  readonly pieces: readonly Buffer[]
  readonly heldBytes: number

  constructor(pieces: readonly Buffer[]) {
    this.pieces = pieces
    this.heldBytes = pieces.reduce((sum, { length }) => sum + length, 0)
  }
}

/** The memory of one large event: awaited, held, then given back. */
export class EventMemory {
  readonly #permit: HeldPermit
  #giveUp: (() => void) | null = null

  constructor(permit: HeldPermit) {
    this.#permit = permit
  }

  /** Takes the memory if it is free. Returns whether it is now held. */
  take(): boolean {
    return this.#permit.take()
  }

  /** Resolves to true when the memory is held, to false if it is no longer wanted. */
  wait(): Promise<boolean> {
    return new Promise(resolve => {
      this.#giveUp = () => resolve(false)
      this.#permit.wait(() => resolve(true), true)
    })
  }

  /** A result that holds the memory until it is sent or dropped. */
  resultOf({ pieces }: ReadyPieces): LargeResult {
    return new LargeResult(pieces, this.#permit)
  }

  /** Gives the memory back, because the event is no longer wanted. */
  drop(): void {
    this.#permit.giveBack()
    this.#giveUp?.()
  }
}

/** The large events of a server. They share its turns of the event loop and one limit of memory. */
export class LargeEvents {
  readonly #options: LargeEventsOptions
  readonly #permits: Permits

  constructor(options: LargeEventsOptions) {
    this.#options = options
    this.#permits = new Permits({ most: PERMITS, mostWaiting: 0, patienceMs: options.patienceMs })
  }

  /** The event loop's time, shared with all operations. */
  get turns(): Turns {
    return this.#options.turns
  }

  /** Bytes of payloads rendered for this event if they make it large, otherwise null. */
  largeBytes(context: unknown): number | null {
    if (typeof context !== 'object' || context === null || !('bytesRendered' in context)) return null
    const { bytesRendered } = context
    return typeof bytesRendered === 'number' && bytesRendered >= LARGE_BYTES ? bytesRendered : null
  }

  memoryFor(bytes: number): EventMemory {
    return new EventMemory(new HeldPermit(this.#permits, Math.ceil(bytes / BYTES_A_PERMIT)))
  }

  /** Writes the JSON of a result as clients see it. */
  async write(result: ExecutionResult | JsonInPieces): Promise<ReadyPieces> {
    const parts = isInPieces(result) ? result.pieces() : jsonParts(this.#clientResult(result))
    return new ReadyPieces(await piecesInTurns(parts, this.#options.turns))
  }

  #clientResult(result: ExecutionResult): object {
    const { data, errors } = this.#options.toClientResult(result)
    return {
      ...(data === undefined ? {} : { data }),
      ...(errors === undefined ? {} : { errors: plain(errors) }),
    }
  }
}

const plain = (errors: readonly GraphQLError[]) => errors.map(error => error.toJSON())
