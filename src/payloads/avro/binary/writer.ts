import { DECODE_LIMITS, EncodeProblem } from '../../schema-codec.ts'
import { pathText } from './path-text.ts'

const FIRST_BYTES = 4096
const MAX_WORK = 2 * DECODE_LIMITS.jsonBytes
/** An attempt in vain costs an exception. */
const MAX_ATTEMPTS = 2000
const WORK_PER_VALUE = 64
/** Whole numbers below it are written without bigints. */
const SMALL = 2 ** 30
/** A buffer beyond this size is not kept for the next value. */
const KEPT_BYTES = 262_144

/** A place to go back to. */
interface Mark {
  readonly at: number
  readonly steps: number
  readonly depth: number
  readonly values: number
}

/** Writes the bytes of one value, and knows which field is being written. There is one writer for all codecs. */
class Writer {
  #bytes = Buffer.allocUnsafe(FIRST_BYTES)
  #at = 0
  #work = 0
  #attempts = 0
  #isOver = false
  #values = 0
  #depth = 0
  #path: (string | number)[] = []
  #defaults = 0

  begin(): void {
    this.#at = 0
    this.#work = 0
    this.#attempts = 0
    this.#isOver = false
    this.#values = 0
    this.#depth = 0
    this.#path = []
    this.#defaults = 0
  }

  /** The bytes that were written. */
  end(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.#at))
  }

  /** Lets go of a large buffer. */
  release(): void {
    if (this.#bytes.length > KEPT_BYTES) this.#bytes = Buffer.allocUnsafe(FIRST_BYTES)
  }

  fail(problem: string): never {
    const where = this.#defaults > 0 ? ` (the default in the schema)` : ''
    throw new EncodeProblem(pathText(this.#path), problem + where)
  }

  mark(): Mark {
    return { at: this.#at, steps: this.#path.length, depth: this.#depth, values: this.#values }
  }

  /** Forgets what was written since then. The work still counts. */
  reset({ at, steps, depth, values }: Mark): void {
    if (++this.#attempts > MAX_ATTEMPTS) this.#tooManyAttempts()
    this.#at = at
    this.#depth = depth
    this.#values = values
    this.#path.length = steps
  }

  /** Counts work, also that of branches of unions that were tried in vain. */
  spend(work: number): void {
    this.#work += work
    if (this.#work > MAX_WORK) this.#tooManyAttempts()
  }

  /** Ends all attempts: this is no problem of one branch. */
  #tooManyAttempts(): never {
    this.#isOver = true
    return this.fail('takes too many attempts to write: name the branches of its unions')
  }

  /** Whether no other branch may be tried. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** Writes a field, an item or an entry. */
  inside(step: string | number, write: () => void): void {
    if (++this.#depth > DECODE_LIMITS.depth) this.fail(`is nested deeper than ${DECODE_LIMITS.depth} levels`)
    this.step(step, write)
    this.#depth--
  }

  /** Writes what the value has under a name, at the same depth. */
  step(step: string | number, write: () => void): void {
    this.spend(WORK_PER_VALUE)
    if (++this.#values > DECODE_LIMITS.values) this.fail(`is beyond the limit of ${DECODE_LIMITS.values} values`)
    this.#path.push(step)
    write()
    this.#path.pop()
  }

  /** Whether a default of the schema is written: in it, bytes are text and unions have no names of branches. */
  get isDefault(): boolean {
    return this.#defaults > 0
  }

  /** Writes a default of the schema. */
  default(write: () => void): void {
    this.#defaults++
    try {
      write()
    } finally {
      this.#defaults--
    }
  }

  /** Makes room, and returns where it starts. */
  #take(count: number): number {
    this.spend(count)
    const start = this.#at
    this.#at = start + count
    if (this.#at <= this.#bytes.length) return start
    if (this.#at > DECODE_LIMITS.jsonBytes) this.fail(`is beyond the limit of ${DECODE_LIMITS.jsonBytes} bytes`)
    const larger = Buffer.allocUnsafe(Math.max(this.#at, this.#bytes.length * 2))
    this.#bytes.copy(larger, 0, 0, start)
    this.#bytes = larger
    return start
  }

  byte(value: number): void {
    const start = this.#take(1)
    this.#bytes[start] = value
  }

  float(value: number): void {
    const start = this.#take(4)
    this.#bytes.writeFloatLE(value, start)
  }

  double(value: number): void {
    const start = this.#take(8)
    this.#bytes.writeDoubleLE(value, start)
  }

  uint32(value: number): void {
    const start = this.#take(4)
    this.#bytes.writeUInt32LE(value, start)
  }

  /** A number of up to 64 bits. */
  integer(value: number | bigint): void {
    if (typeof value === 'number' && value >= -SMALL && value < SMALL) this.#small((value << 1) ^ (value >> 31))
    else this.#long(BigInt(value))
  }

  #small(zigzag: number): void {
    let left = zigzag
    for (; left > 0x7f; left >>>= 7) this.byte((left & 0x7f) | 0x80)
    this.byte(left)
  }

  #long(value: bigint): void {
    let left = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n))
    for (; left > 0x7fn; left >>= 7n) this.byte(Number(left & 0x7fn) | 0x80)
    this.byte(Number(left))
  }

  raw(bytes: Buffer): void {
    const start = this.#take(bytes.length)
    bytes.copy(this.#bytes, start)
  }

  /** A length and the bytes. */
  bytes(bytes: Buffer): void {
    this.integer(bytes.length)
    this.raw(bytes)
  }

  string(text: string): void {
    const size = Buffer.byteLength(text)
    this.integer(size)
    const start = this.#take(size)
    this.#bytes.write(text, start, size)
  }
}

/** The writer of the value that is being written. */
export const writer: Writer = new Writer()
