import { countingWork, DECODE_LIMITS, DecodeProblem, decodeWork } from '../schema-codec.ts'
import type { FieldType, RecordField, RecordSchema } from './record-schema.ts'

/** Reads the fields of one version of a record. Every length is checked against the remaining bytes. */
class RecordReader {
  readonly #bytes: Buffer
  readonly #version: number
  readonly #isFlexible: boolean
  #at: number
  readonly #end: number
  #values = 0
  /** About how many bytes of JSON were read. */
  jsonBytes = 0

  constructor(bytes: Buffer, start: number, version: number, isFlexible: boolean) {
    this.#bytes = bytes
    this.#at = start
    this.#end = bytes.length
    this.#version = version
    this.#isFlexible = isFlexible
  }

  #take(count: number): number {
    if (count < 0) throw new DecodeProblem(`an impossible length at byte ${this.#at}`)
    if (count > this.#end - this.#at) throw new DecodeProblem(`truncated at byte ${this.#end}`)
    this.#at += count
    return this.#at - count
  }

  #uvarint(): number {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes.readUInt8(this.#take(1))
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    throw new DecodeProblem(`a length of more than 32 bits at byte ${this.#at}`)
  }

  /** The length of a text, bytes or a list; -1 for null. */
  #length(fixed: 2 | 4): number {
    if (this.#isFlexible) return this.#uvarint() - 1
    return fixed === 2 ? this.#bytes.readInt16BE(this.#take(2)) : this.#bytes.readInt32BE(this.#take(4))
  }

  #raw(length: number): Buffer {
    const start = this.#take(length)
    return this.#bytes.subarray(start, start + length)
  }

  #text(length: number): string {
    this.jsonBytes += length
    return this.#raw(length).toString()
  }

  #long(): number | string {
    const value = this.#bytes.readBigInt64BE(this.#take(8))
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  }

  #base64(length: number): string {
    this.jsonBytes += Math.ceil(length / 3) * 4
    return this.#raw(length).toString('base64')
  }

  #list(items: FieldType, length: number): readonly unknown[] {
    // Every item has at least one byte. A larger count means damaged bytes and must not become a list.
    if (length > this.#end - this.#at) this.#take(length)
    if (length < 0) this.#take(length)
    return Array.from({ length }, () => this.#value(items, false, false))
  }

  /** A null list, text or bytes where the field cannot be null is damage. */
  #orNull<T>(length: number, isNullable: boolean, read: (length: number) => T): T | null {
    return length === -1 && isNullable ? null : read(length)
  }

  /** A structure that may be null begins with a byte: of null it is negative, in a tagged field 0. */
  #isNull(isTagged: boolean): boolean {
    return this.#bytes.readInt8(this.#take(1)) < (isTagged ? 1 : 0)
  }

  #value(type: FieldType, isNullable: boolean, isTagged: boolean): unknown {
    if (++this.#values > DECODE_LIMITS.values) throw new DecodeProblem(`more than ${DECODE_LIMITS.values} values`)
    this.jsonBytes += 8
    switch (type) {
      case 'int8':
        return this.#bytes.readInt8(this.#take(1))
      case 'int16':
        return this.#bytes.readInt16BE(this.#take(2))
      case 'uint16':
        return this.#bytes.readUInt16BE(this.#take(2))
      case 'int32':
        return this.#bytes.readInt32BE(this.#take(4))
      case 'int64':
        return this.#long()
      case 'uuid':
        return this.#raw(16).toString('base64url')
      case 'string':
        return this.#orNull(this.#length(2), isNullable, length => this.#text(length))
      case 'bytes':
        return this.#orNull(this.#length(4), isNullable, length => this.#base64(length))
    }
    if ('items' in type) return this.#orNull(this.#length(4), isNullable, length => this.#list(type.items, length))
    return isNullable && this.#isNull(isTagged) ? null : this.fields(type)
  }

  #isThere({ since = 0, until = this.#version }: RecordField): boolean {
    return this.#version >= since && this.#version <= until
  }

  #field({ name, type, isNullable = false, tag }: RecordField): readonly [name: string, value: unknown] {
    this.jsonBytes += name.length
    return [name, this.#value(type, isNullable, tag !== undefined)]
  }

  /** The fields of a structure. Tagged fields are there only if they were written. */
  fields(all: readonly RecordField[]): object {
    const there = all.filter(field => this.#isThere(field))
    const entries = there.filter(({ tag }) => tag === undefined).map(field => this.#field(field))
    if (this.#isFlexible) for (let left = this.#uvarint(); left > 0; left--) entries.push(...this.#tagged(there))
    return Object.fromEntries(entries)
  }

  /** The next tagged field; none if a newer Kafka added it. */
  #tagged(fields: readonly RecordField[]): readonly (readonly [name: string, value: unknown])[] {
    const tag = this.#uvarint()
    const start = this.#take(this.#uvarint())
    const end = this.#at
    const field = fields.find(one => one.tag === tag)
    if (field === undefined) return []
    this.#at = start
    const entry = this.#field(field)
    if (this.#at !== end) throw new DecodeProblem(`the field ${field.name} has another size at byte ${start}`)
    return [entry]
  }

  /** What was read until now, as bytes of JSON. */
  get work(): number {
    return decodeWork(this.#values, this.jsonBytes)
  }

  end(): void {
    const left = this.#end - this.#at
    const what = left === 1 ? 'a byte is left over' : `${left} bytes are left over`
    if (left > 0) throw new DecodeProblem(`${what} at byte ${this.#at}`)
  }
}

/** The number at the start of each key and value: the kind of the record, or the version of the value. */
export const firstNumber = (bytes: Buffer): number => {
  if (bytes.length < 2) throw new DecodeProblem(`truncated at byte ${bytes.length}`)
  return bytes.readInt16BE(0)
}

/** Reads what follows that number. @throws DecodeProblem */
export const readRecord = (
  { name, fields, lastVersion, flexibleSince }: RecordSchema,
  bytes: Buffer,
  version: number,
): { readonly data: object; readonly jsonBytes: number } => {
  if (version < 0 || version > lastVersion)
    throw new DecodeProblem(`unknown version ${version} of ${name}: Kafka 4.3 writes up to ${lastVersion}`)
  const reader = new RecordReader(bytes, 2, version, flexibleSince !== null && version >= flexibleSince)
  const data = countingWork(reader, () => {
    const read = reader.fields(fields)
    reader.end()
    return read
  })
  return { data, jsonBytes: reader.jsonBytes }
}
