import { type AvroType, branchName } from '../schema/avro-type.ts'
import { isJsonObject } from '../schema/json-object.ts'
import type { JsonForm, TypeCodec } from './type-codec.ts'

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

const countsOf = <T>(all: readonly T[]): ReadonlyMap<T, number> => {
  const counts = new Map<T, number>()
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1)
  return counts
}

const namesOf = (types: readonly AvroType[]): ReadonlyMap<string, number> => {
  const full = types.map(branchName)
  const indexes = new Map(full.map((name, index) => [name, index]))
  const short = full.map(shortName)
  const counts = countsOf(short)
  for (const [index, name] of short.entries())
    if (!indexes.has(name) && counts.get(name) === 1) indexes.set(name, index)
  return indexes
}

/** `forms`: how many branches have each form. */
const shapeOf = (
  { type, codec }: Member,
  forms: ReadonlyMap<JsonForm, number>,
  names: ReadonlyMap<string, number>,
): BranchShape => {
  const { form, exceptionalForm } = codec
  if ((forms.get(form) ?? 0) > 1) return 'wrapped'
  if (type.kind === 'map') return 'map'
  if (type.kind === 'record') {
    const [only, second] = type.fields
    return only !== undefined && second === undefined && names.has(only.name) ? 'wrapped' : 'plain'
  }
  return form !== exceptionalForm && forms.has(exceptionalForm) ? 'checked' : 'plain'
}

/** Decides how the values of each branch are shown. */
export const planUnion = (members: readonly Member[]): UnionPlan => {
  const indexes = namesOf(members.map(({ type }) => type))
  const forms = countsOf(members.map(({ codec }) => codec.form))
  const branches = members.map((member, index) => {
    const { codec } = member
    const shape = shapeOf(member, forms, indexes)
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
