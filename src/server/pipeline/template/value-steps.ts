import {
  GraphQLBoolean,
  type GraphQLEnumType,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  type GraphQLScalarType,
  GraphQLString,
  isEnumType,
} from 'graphql'
import type { ScalarBytes } from '../../../graphql/core/json-bytes.ts'
import type { EventWriter } from './event-writer.ts'

/** The arguments of a field. */
export type Arguments = Readonly<Record<string, unknown>>

/** What the steps of one event share. */
export interface Run {
  readonly to: EventWriter
  readonly context: unknown
  /** The arguments of each field that takes some. */
  readonly args: readonly Arguments[]
}

/** Writes one value of an event. */
export type Step = (value: unknown, run: Run) => void

/** Thrown at a value that only the ordinary way can write, such as an error. Made once: a stack trace takes 5 µs. */
const NOT_WRITABLE = new Error('a value that its template cannot write')

/** Leaves the event to the ordinary way. */
export const giveUp = (): never => {
  throw NOT_WRITABLE
}

const MOST_INT = 2_147_483_647

const writeString: ScalarBytes = (value, to) => {
  if (typeof value !== 'string') return false
  to.string(value)
  return true
}

const writeInt: ScalarBytes = (value, to) => {
  if (typeof value !== 'number' || !Number.isInteger(value) || Math.abs(value) > MOST_INT) return false
  to.integer(value)
  return true
}

const writeBoolean: ScalarBytes = (value, to) => {
  if (typeof value !== 'boolean') return false
  to.boolean(value)
  return true
}

/** Values that these scalars would convert are left to them. */
const BUILT_IN: ReadonlyMap<unknown, ScalarBytes> = new Map<unknown, ScalarBytes>([
  [GraphQLString, writeString],
  [GraphQLID, writeString],
  [GraphQLInt, writeInt],
  [GraphQLBoolean, writeBoolean],
])

const scalarStep = (type: GraphQLScalarType): Step | null => {
  const write = type.extensions.bytes ?? BUILT_IN.get(type)
  if (write === undefined) return null
  return (value, { to }) => {
    if (!write(value, to)) giveUp()
  }
}

const enumStep = (type: GraphQLEnumType): Step => {
  const names = new Map<unknown, Buffer>(type.getValues().map(({ name, value }) => [value, Buffer.from(`"${name}"`)]))
  return (value, { to }) => to.constant(names.get(value) ?? giveUp())
}

/** Writes a value that is not null; null for a type that cannot write its values as bytes. */
export const leafStep = (type: GraphQLLeafType): Step | null => (isEnumType(type) ? enumStep(type) : scalarStep(type))

/** Writes what `step` writes. A promise is left to the ordinary way, which asks again. */
export const settled =
  (step: Step): Step =>
  (value, run) => {
    if (value instanceof Promise) {
      value.catch(() => undefined)
      giveUp()
    }
    step(value, run)
  }

/** Writes null, or what `step` writes. */
export const nullable =
  (step: Step): Step =>
  (value, run) => {
    if (value === null || value === undefined) run.to.null()
    else step(value, run)
  }

/** Writes what `step` writes. A null here is an error, which the ordinary way reports. */
export const required =
  (step: Step): Step =>
  (value, run) =>
    step(value ?? giveUp(), run)

const START_OF_LIST = Buffer.from('[')
const BETWEEN_ITEMS = Buffer.from(',')
const END_OF_LIST = Buffer.from(']')

/** Writes a list, each item with `step`. */
export const listStep =
  (step: Step): Step =>
  (list, run) => {
    if (!Array.isArray(list)) return giveUp()
    const { to } = run
    to.constant(START_OF_LIST)
    for (let index = 0; index < list.length; index++) {
      if (index > 0) to.constant(BETWEEN_ITEMS)
      step(list[index], run)
    }
    to.constant(END_OF_LIST)
  }

/** Bytes that are the same in every event, and the value after them. */
export interface Member {
  readonly before: Buffer
  readonly step: Step
}

/** Writes an object: its members, and the bytes after the last one. */
export const objectStep =
  (members: readonly Member[], end: Buffer): Step =>
  (value, run) => {
    for (const { before, step } of members) {
      run.to.constant(before)
      step(value, run)
    }
    run.to.constant(end)
  }
