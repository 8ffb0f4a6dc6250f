import { type AvroType, branchName } from '../schema/avro-type.ts'
import { isJsonObject } from '../schema/json-object.ts'
import type { TypeCodec } from './type-codec.ts'

/**
 * How values of a branch are shown. `plain`: as they are. `wrapped`: in an object with the name of the branch, because
 * another branch has values of the same form. `checked`: plain unless the value has an exceptional form that another branch
 * has, such as a long beyond 2^53 - 1 beside a string. `map`: plain unless the map looks like a wrapped value.
 */
type BranchShape = 'plain' | 'wrapped' | 'checked' | 'map'

/** A branch of a union. */
export interface Branch {
  readonly index: number
  readonly name: string
  readonly codec: TypeCodec
  readonly shape: BranchShape
  readonly jsonBytes: number
}

/** The branches of a union, and how their values are shown. */
export interface UnionPlan {
  readonly branches: readonly Branch[]
  /** The branches by the names that a wrapped value may have: the full name, or the last part of it where that is unique. */
  readonly names: ReadonlyMap<string, Branch>
}

/** A type of the union, with its codec. */
interface Member {
  readonly type: AvroType
  readonly codec: TypeCodec
}

const shortName = (name: string): string => name.slice(name.lastIndexOf('.') + 1)

const namesOf = (types: readonly AvroType[]): ReadonlyMap<string, number> => {
  const full = types.map(branchName)
  const indexes = new Map(full.map((name, index) => [name, index]))
  const short = full.map(shortName)
  for (const [index, name] of short.entries())
    if (!indexes.has(name) && short.indexOf(name) === short.lastIndexOf(name)) indexes.set(name, index)
  return indexes
}

const shapeOf = (
  { type, codec }: Member,
  others: readonly Member[],
  names: ReadonlyMap<string, number>,
): BranchShape => {
  if (others.some(other => other.codec.form === codec.form)) return 'wrapped'
  if (type.kind === 'map') return 'map'
  if (type.kind === 'record')
    return type.fields.length === 1 && names.has(type.fields[0]?.name ?? '') ? 'wrapped' : 'plain'
  const { form, exceptionalForm } = codec
  return form !== exceptionalForm && others.some(other => other.codec.form === exceptionalForm) ? 'checked' : 'plain'
}

/** Decides how the values of each branch are shown. */
export const planUnion = (members: readonly Member[]): UnionPlan => {
  const indexes = namesOf(members.map(({ type }) => type))
  const branches = members.map((member, index) => {
    const { codec } = member
    const shape = shapeOf(member, members.toSpliced(index, 1), indexes)
    const jsonBytes = codec.jsonBytes + (shape === 'plain' ? 0 : codec.branch.length + 5)
    return { index, name: codec.branch, codec, shape, jsonBytes }
  })
  const names = new Map<string, Branch>()
  for (const [name, index] of indexes) {
    const branch = branches[index]
    if (branch !== undefined) names.set(name, branch)
  }
  return { branches, names }
}

/** A value that names its branch. */
export interface Wrapper {
  readonly key: string
  readonly branch: Branch
  readonly inner: unknown
}

/** The branch that a value names, if it looks like a wrapped value. */
export const wrapperIn = ({ names }: UnionPlan, value: unknown): Wrapper | undefined => {
  if (!isJsonObject(value)) return undefined
  const [key, second] = Object.keys(value)
  if (key === undefined || second !== undefined) return undefined
  const branch = names.get(key)
  return branch && { key, branch, inner: value[key] }
}
