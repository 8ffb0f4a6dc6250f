import { shown } from '../../kafka/text.ts'
import {
  countingWork,
  type Decoded,
  type DecodeOptions,
  DecodeProblem,
  type Encoded,
  EncodeProblem,
  type SchemaCodec,
  type SchemaText,
} from '../schema-codec.ts'
import { ROOT } from '../value-place.ts'
import { readMessage } from './decode/read-message.ts'
import { readPath } from './decode/read-path.ts'
import { WireReader } from './decode/wire-reader.ts'
import { WireWriter } from './encode/wire-writer.ts'
import { writeMessage } from './encode/write-message.ts'
import { fileOf } from './schema/descriptor/descriptor-file.ts'
import { type LinkedFiles, linkFiles } from './schema/link-files.ts'
import { readFiles } from './schema/read-files.ts'
import type { MessageType } from './types/types.ts'

const FIRST_MESSAGE = [0]

/** The message at a place: the second message within the first is [0, 1]. */
const messageAt = ({ roots }: LinkedFiles, indexes: readonly number[]): MessageType => {
  let messages = roots
  let found: MessageType | undefined
  for (const index of indexes) {
    found = messages[index]
    if (found === undefined) break
    messages = found.messages
  }
  if (found === undefined)
    throw new DecodeProblem(`the schema has no message with the indexes [${indexes.slice(0, 8).join(', ')}]`)
  return found
}

/** A message, and its place in the file. */
interface Placed {
  readonly type: MessageType
  readonly indexes: readonly number[]
}

const placesOf = (messages: readonly MessageType[], outer: readonly number[]): readonly Placed[] =>
  messages.flatMap((type, index) => {
    const indexes = [...outer, index]
    return [{ type, indexes }, ...placesOf(type.messages, indexes)]
  })

/** The message of this name, with or without its package; without a name the first of the file. @throws EncodeProblem */
const placedMessage = (roots: readonly MessageType[], name: string | undefined): Placed => {
  const places = placesOf(roots, [])
  const [first] = places
  if (first === undefined) throw new EncodeProblem('$', 'the schema has no message')
  if (name === undefined) return first
  const exact = places.find(({ type }) => type.fullName === name)
  const similar = places.filter(({ type }) => type.fullName.endsWith(`.${name}`))
  const found = exact ?? similar[0]
  const names = places.slice(0, 10).map(({ type }) => type.fullName)
  const more = places.length > names.length ? ', …' : ''
  if (found === undefined)
    throw new EncodeProblem('$', `the schema has no message ${shown(name)}; it has ${names.join(', ')}${more}`)
  if (exact === undefined && similar.length > 1)
    throw new EncodeProblem(
      '$',
      `${shown(name)} may be ${similar
        .map(({ type }) => type.fullName)
        .slice(0, 10)
        .join(' or ')}`,
    )
  return found
}

/** The messages of a file by their names, with and without what they are in. A short name stands for the first message that has it. */
const byName = (roots: readonly MessageType[]): ReadonlyMap<string, MessageType> => {
  const types = placesOf(roots, []).map(({ type }) => type)
  const short = types.map(type => [type.fullName.slice(type.fullName.lastIndexOf('.') + 1), type] as const)
  return new Map([...short.reverse(), ...types.map(type => [type.fullName, type] as const)])
}

class ProtobufCodec implements SchemaCodec {
  readonly #files: LinkedFiles
  #byName: ReadonlyMap<string, MessageType> | undefined

  constructor(files: LinkedFiles) {
    this.#files = files
  }

  decode(bytes: Buffer, start: number, { path, messageIndexes = FIRST_MESSAGE, messageName }: DecodeOptions): Decoded {
    const type = messageName === undefined ? messageAt(this.#files, messageIndexes) : this.#named(messageName)
    const reader = new WireReader(bytes, start, this.#files.messages)
    const value = countingWork(reader, () =>
      path === undefined || path.length === 0
        ? readMessage(reader, type, bytes.length, 1)
        : readPath(reader, type, bytes.length, path),
    )
    return { value, jsonBytes: reader.jsonBytes, work: reader.work }
  }

  #named(name: string): MessageType {
    this.#byName ??= byName(this.#files.roots)
    const type = this.#byName.get(name)
    if (type === undefined) throw new DecodeProblem(`the schema has no message ${shown(name)}`)
    return type
  }

  encode(value: unknown, messageName?: string): Encoded {
    const { type, indexes } = placedMessage(this.#files.roots, messageName)
    const writer = new WireWriter()
    writeMessage({ writer, types: this.#files.messages, depth: 0 }, type, value, ROOT)
    return { bytes: writer.finish(), messageIndexes: indexes }
  }
}

/**
 * Makes a codec of a .proto text. The text is only parsed: no code is generated from it, and what it imports are its references
 * and the well-known files.
 *
 * @throws SchemaProblem
 */
export const compileProtobuf = (text: SchemaText): SchemaCodec => new ProtobufCodec(linkFiles(readFiles(text, fileOf)))
