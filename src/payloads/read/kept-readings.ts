import type { ReadPayload, ReadRequest } from '../../kafka/ports/payload-reader.ts'
import type { Soon } from './reading.ts'

/** Smaller payloads are parsed each time: a lookup would cost as much. Those read by a schema are kept at any size. */
const KEPT_FROM_BYTES = 2048
/** The most bytes of payloads and their values that are kept. */
const KEPT_BYTES = 16_777_216

interface Reading {
  readonly as: ReadRequest['as']
  readonly path: ReadRequest['path']
  readonly read: Soon<ReadPayload>
}

const sizeOf = (bytes: Buffer, read: Soon<ReadPayload>): number =>
  read instanceof Promise ? bytes.length : Math.max(bytes.length, read.jsonBytes)

const isCheap = (bytes: Buffer, read: Soon<ReadPayload>): boolean =>
  bytes.length < KEPT_FROM_BYTES && !(read instanceof Promise) && read.schema === null

/**
 * Keeps what was read for all fields of an event, and for other subscribers of the same messages. Without it, 20 aliases of
 * `json` parsed a payload of 800 KB 20 times. An event executes within one turn of the event loop; after that turn everything is
 * dropped.
 */
export class KeptReadings {
  readonly #kept = new Map<Buffer, Reading[]>()
  /** The last payload that is too small to be kept: its other fields come next. */
  #lastBytes: Buffer | null = null
  #last: Reading | null = null
  #bytes = 0
  #willForget = false

  get(bytes: Buffer, { as, path }: ReadRequest): Soon<ReadPayload> | undefined {
    const last = this.#last
    if (last !== null && this.#lastBytes === bytes && last.as === as && last.path === path) return last.read
    if (this.#kept.size === 0) return undefined
    return this.#kept.get(bytes)?.find(each => each.as === as && each.path === path)?.read
  }

  keep(bytes: Buffer, { as, path }: ReadRequest, read: Soon<ReadPayload>): void {
    this.#forgetLater()
    const reading = { as, path, read }
    if (isCheap(bytes, read)) {
      this.#lastBytes = bytes
      this.#last = reading
      return
    }
    const size = sizeOf(bytes, read)
    if (this.#bytes + size > KEPT_BYTES) return
    this.#bytes += size
    const known = this.#kept.get(bytes)
    if (known === undefined) this.#kept.set(bytes, [reading])
    else known.push(reading)
  }

  #forgetLater(): void {
    if (this.#willForget) return
    this.#willForget = true
    setImmediate(this.#forget)
  }

  readonly #forget = (): void => {
    this.#kept.clear()
    this.#lastBytes = null
    this.#last = null
    this.#bytes = 0
    this.#willForget = false
  }
}
