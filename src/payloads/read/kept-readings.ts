import type { Payload } from '../../kafka/payload/payload.ts'
import type { ReadPayload, ReadRequest } from '../../kafka/ports/payload-reader.ts'
import type { Soon } from './reading.ts'

/** Smaller payloads are parsed each time: a lookup would cost as much. Those read by a schema are kept at any size. */
const KEPT_FROM_BYTES = 2048
/** The most bytes of payloads and their values that are kept. */
const KEPT_BYTES = 16_777_216

/** What was read, and of what. A class, so that all have one shape. */
class Reading {
  readonly #payload: Payload
  readonly #request: ReadRequest
  readonly read: Soon<ReadPayload>

  constructor(payload: Payload, request: ReadRequest, read: Soon<ReadPayload>) {
    this.#payload = payload
    this.#request = request
    this.read = read
  }

  /** True for the same question. Each alias has its own payload object, and all of them have one buffer. */
  answers({ bytes, topic, part }: Payload, { as, path }: ReadRequest): boolean {
    const [payload, request] = [this.#payload, this.#request]
    const isSame = payload.bytes === bytes && payload.topic === topic && payload.part === part
    return isSame && request.as === as && request.path === path
  }

  /** What is kept of it besides the payload. */
  get jsonBytes(): number {
    return this.read instanceof Promise ? 0 : this.read.jsonBytes
  }

  get isCheap(): boolean {
    if (this.read instanceof Promise) return false
    return this.#payload.bytes.length < KEPT_FROM_BYTES && this.read.schema === null
  }
}

/**
 * Keeps what was read for all fields of an event, and for other subscribers of the same messages. Without it, 20 aliases of
 * `json` parsed a payload of 800 KB 20 times. An event executes within one turn of the event loop; after that turn everything is
 * dropped.
 */
export class KeptReadings {
  readonly #kept = new Map<Buffer, Reading[]>()
  /** Of a payload that is too small to be kept: its other fields come next. */
  #last: Reading | null = null
  #bytes = 0
  #willForget = false

  get(payload: Payload, request: ReadRequest): Soon<ReadPayload> | undefined {
    if (this.#last?.answers(payload, request)) return this.#last.read
    if (this.#kept.size === 0) return undefined
    return this.#kept.get(payload.bytes)?.find(each => each.answers(payload, request))?.read
  }

  keep(payload: Payload, request: ReadRequest, read: Soon<ReadPayload>): void {
    this.#forgetLater()
    const reading = new Reading(payload, request, read)
    if (reading.isCheap) {
      this.#last = reading
      return
    }
    const known = this.#kept.get(payload.bytes)
    const size = known === undefined ? Math.max(payload.bytes.length, reading.jsonBytes) : reading.jsonBytes
    if (this.#bytes + size > KEPT_BYTES) return
    this.#bytes += size
    if (known === undefined) this.#kept.set(payload.bytes, [reading])
    else known.push(reading)
  }

  #forgetLater(): void {
    if (this.#willForget) return
    this.#willForget = true
    setImmediate(this.#forget)
  }

  readonly #forget = (): void => {
    this.#kept.clear()
    this.#last = null
    this.#bytes = 0
    this.#willForget = false
  }
}
