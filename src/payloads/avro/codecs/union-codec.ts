import { type JsonPath, valueAt } from '../../../kafka/payload/json-path.ts'
import { EncodeProblem } from '../../schema-codec.ts'
import { cursor } from '../binary/cursor.ts'
import { writer } from '../binary/writer.ts'
import { shown } from '../schema/json-object.ts'
import { formOf } from './json-form.ts'
import { peekKey } from './map-codec.ts'
import { skipValue } from './skip-value.ts'
import { OTHER, type TypeCodec } from './type-codec.ts'
import { type Branch, type UnionPlan, type Wrapper, wrapperIn } from './union-plan.ts'

const branchOf = ({ branches }: UnionPlan): Branch =>
  branches[cursor.index(branches.length, 'branch')] ?? cursor.fail('unknown branch')

const readBranch = (plan: UnionPlan): Branch => {
  const branch = branchOf(plan)
  cursor.count(0, branch.jsonBytes)
  return branch
}

/** The value as it is shown: plain, or in an object with the name of its branch. */
const shownAs = ({ shape, codec, name }: Branch, value: unknown, plan: UnionPlan): unknown => {
  const isWrapped =
    shape === 'wrapped' ||
    (shape === 'map' && wrapperIn(plan, value) !== undefined) ||
    (shape === 'checked' && formOf(value) !== codec.form)
  return isWrapped ? { [name]: value } : value
}

const readUnion = (plan: UnionPlan): unknown => {
  const branch = readBranch(plan)
  const value = branch.codec.read()
  return branch.shape === 'plain' ? value : shownAs(branch, value, plan)
}

/** Whether the value that is read next can be seen to be plain without reading it. */
const isSurelyPlain = ({ shape }: Branch, { names }: UnionPlan): boolean => {
  if (shape !== 'map') return shape === 'plain'
  const key = peekKey()
  return key === undefined || !names.has(key)
}

const readUnionAt = (plan: UnionPlan, path: JsonPath, step: number): unknown => {
  const branch = readBranch(plan)
  const { codec, shape, name } = branch
  if (shape === 'wrapped') {
    if (path[step] === name) return codec.readAt(path, step + 1)
    skipValue(codec)
    return undefined
  }
  if (isSurelyPlain(branch, plan)) return codec.readAt(path, step)
  return valueAt(shownAs(branch, codec.read(), plan), path.slice(step))
}

const writeBranch = ({ index, codec }: Branch, value: unknown): void => {
  writer.integer(index)
  codec.write(value)
}

/** Tries branches in their order. True once one is written, the first problem if none fits, undefined if there is none to try. */
const writeFirst = (branches: Iterable<Branch>, value: unknown): true | EncodeProblem | undefined => {
  const start = writer.mark()
  let first: EncodeProblem | undefined
  for (const branch of branches) {
    try {
      writeBranch(branch, value)
      return true
    } catch (problem) {
      if (!(problem instanceof EncodeProblem) || writer.isOver) throw problem
      first ??= problem
      writer.reset(start)
    }
  }
  return first
}

/** The branches that take a value as it is; first those of its own form: text of digits is a string before it is a long, as it is read. */
function* exactBranches(branches: readonly Branch[], value: unknown): Generator<Branch> {
  const form = formOf(value)
  for (const isOwn of [true, false])
    for (const branch of branches)
      if ((branch.codec.form === form) === isOwn && branch.codec.accepts(value)) yield branch
}

const writePlain = ({ branches }: UnionPlan, value: unknown): void => {
  writer.spend(branches.length)
  const exact = writeFirst(exactBranches(branches, value), value)
  if (exact === true) return
  if (exact !== undefined) throw exact
  const form = formOf(value)
  const near = branches.filter(({ codec }) => codec.form === form || codec.exceptionalForm === form)
  const problem = writeFirst(near, value)
  if (problem === true) return
  if (problem !== undefined && near.length === 1) throw problem
  writer.fail(`fits no branch of the union ${shown(branches.map(({ name }) => name).join(', '))}`)
}

/** Writes the branch that a value names. An object with one field can be a plain record or map as well. */
const writeWrapped = (plan: UnionPlan, { key, branch, inner }: Wrapper, value: unknown): void => {
  const start = writer.mark()
  try {
    writer.step(key, () => writeBranch(branch, inner))
  } catch (problem) {
    const isPlain = problem instanceof EncodeProblem && !writer.isOver
    if (!isPlain || !plan.branches.some(({ codec }) => codec.accepts(value))) throw problem
    writer.reset(start)
    writePlain(plan, value)
  }
}

const writeUnion = (plan: UnionPlan, value: unknown): void => {
  if (typeof value === 'string') writer.spend(value.length)
  const wrapper = writer.isDefault ? undefined : wrapperIn(plan, value)
  if (wrapper === undefined) writePlain(plan, value)
  else writeWrapped(plan, wrapper, value)
}

/**
 * The codec of a union. Its values are plain where JSON shows which branch they have; otherwise they are in an object with
 * the name of the branch. So what is read can be written again by the same branch.
 */
export const unionCodec = (plan: UnionPlan): TypeCodec => ({
  branch: 'union',
  form: 'object',
  exceptionalForm: 'object',
  jsonBytes: 0,
  width: OTHER,
  read: () => readUnion(plan),
  skip: () => skipValue(branchOf(plan).codec),
  readAt: (path, step) => (step === path.length ? readUnion(plan) : readUnionAt(plan, path, step)),
  accepts: value => plan.branches.some(({ codec }) => codec.accepts(value)),
  write: value => writeUnion(plan, value),
})
