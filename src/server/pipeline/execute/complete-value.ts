import { defaultTypeResolver, GraphQLError, type GraphQLObjectType } from 'graphql'
import { inspect } from 'graphql/jsutils/inspect.js'
import { AnswerObject } from './answer/answer.ts'
import { fieldPlace, isUnseen, itemPlace, Place } from './answer/place.ts'
import { askField } from './ask-field.ts'
import { awaitAt } from './await-at.ts'
import { completeLeaf, leafBytes } from './complete-leaf.ts'
import type { Execution } from './execution.ts'
import { ignoreRejections, isIterable, isPromise } from './kinds-of-values.ts'
import type { FieldPlan, Selection, Twin } from './plan/field-plan.ts'
import { runtimeType } from './plan/runtime-type.ts'
import type { Shape } from './plan/shape.ts'

type ListShape = Extract<Shape, { kind: 'list' }>
type AbstractShape = Extract<Shape, { kind: 'abstract' }>

/** A list that is being completed: the field, its place, and the shape of its items. */
interface List {
  readonly field: FieldPlan
  readonly shape: Shape
  readonly place: Place
  readonly results: unknown[]
}

const nameOf = ({ parentType, definition }: FieldPlan): string => `${parentType.name}.${definition.name}`

/** CompleteValue of the specification: writes a resolver's result to its place in the answer. */
const completeValue = (execution: Execution, field: FieldPlan, shape: Shape, place: Place, value: unknown): void => {
  try {
    if (value instanceof Error) throw value
    if (value === null || value === undefined) {
      if (!shape.isNullable) throw new Error(`Cannot return null for non-nullable field ${nameOf(field)}.`)
      place.holder[place.slot] = null
      execution.take(4)
    } else if (shape.kind === 'leaf') place.holder[place.slot] = completeLeaf(execution, shape.type, value)
    else if (shape.kind === 'object') completeObject(execution, field, shape.type, place, value)
    else if (shape.kind === 'list') completeList(execution, field, shape, place, value)
    else completeAbstract(execution, field, shape, place, value)
  } catch (thrown) {
    execution.failAt(field, place, thrown)
  }
}

const completeList = (
  execution: Execution,
  field: FieldPlan,
  { item: shape }: ListShape,
  place: Place,
  value: unknown,
): void => {
  if (!isIterable(value))
    throw new GraphQLError(`Expected Iterable, but did not find one for field "${nameOf(field)}".`)
  const items: readonly unknown[] = Array.isArray(value) ? value : execution.questions.itemsOf(value)
  const results: unknown[] = new Array(items.length)
  place.holder[place.slot] = results
  execution.takeObject(items.length + 1, items.length)
  completeItems(execution, { field, shape, place, results }, items, 0)
}

const completeItems = (execution: Execution, list: List, items: readonly unknown[], from: number): void => {
  const { work } = execution
  const { field, shape, place, results } = list
  for (let index = from; index < items.length; index++) {
    if (work.isPaused) {
      // The list's owner may change it meanwhile.
      const left = from === 0 ? [...items] : items
      if (from === 0) ignoreRejections(items, index)
      work.handOver(() => isUnseen(place) || completeItems(execution, list, left, index))
      return
    }
    work.spend(1)
    const item = items[index]
    const at = itemPlace(place, index, results, shape.isNullable)
    if (isPromise(item))
      awaitAt(execution, field, at, item, resolved => completeValue(execution, field, shape, at, resolved))
    else completeValue(execution, field, shape, at, item)
    if (place.isDead) {
      ignoreRejections(items, index)
      return
    }
  }
}

const completeAbstract = (
  execution: Execution,
  field: FieldPlan,
  { type }: AbstractShape,
  place: Place,
  value: unknown,
): void => {
  const { plan, contextValue } = execution
  const resolveType = type.resolveType ?? defaultTypeResolver
  const named: unknown = resolveType(value, contextValue, execution.infoOf(field, fieldPlace(place)), type)
  const complete = (name: unknown): void =>
    completeObject(execution, field, runtimeType(name, type, field, plan, value), place, value)
  if (isPromise(named)) awaitAt(execution, field, place, named, complete)
  else complete(named)
}

const completeObject = (
  execution: Execution,
  field: FieldPlan,
  type: GraphQLObjectType,
  place: Place,
  value: unknown,
): void => {
  const selection = execution.plan.selectionOf(field, type)
  if (!type.isTypeOf) {
    completeFields(execution, selection, place, value)
    return
  }
  const completeChecked = (isOfType: unknown): void => {
    if (isOfType) completeFields(execution, selection, place, value)
    else
      throw new GraphQLError(`Expected value of type "${type.name}" but got: ${inspect(value)}.`, {
        nodes: field.nodes,
      })
  }
  const isOfType: unknown = type.isTypeOf(value, execution.contextValue, execution.infoOf(field, fieldPlace(place)))
  if (isPromise(isOfType)) awaitAt(execution, field, place, isOfType, completeChecked)
  else completeChecked(isOfType)
}

const completeFields = (execution: Execution, selection: Selection, place: Place, value: unknown): void => {
  const values: unknown[] = new Array(selection.keys.length)
  place.holder[place.slot] = new AnswerObject(selection, values)
  execution.takeObject(selection.bytes, values.length)
  executeFields(execution, selection, place, value, values)
}

/** Executes the fields of an object, from the given one on. */
export const executeFields = (
  execution: Execution,
  selection: Selection,
  place: Place | undefined,
  source: unknown,
  values: unknown[],
  from = 0,
): void => {
  const { work } = execution
  const { fields } = selection
  for (let index = from; index < fields.length; index++) {
    if (work.isPaused) {
      work.handOver(() => isUnseen(place) || executeFields(execution, selection, place, source, values, index))
      return
    }
    const field = fields[index]
    if (field === undefined) return
    work.spend(field.steps)
    executeField(execution, field, place, source, values)
    if (place?.isDead) return
  }
}

/** Executes one field of an object, and its twins with it. */
export const executeField = (
  execution: Execution,
  field: FieldPlan,
  parent: Place | undefined,
  source: unknown,
  values: unknown[],
): void => {
  const place = placeOf(field, parent, values)
  let value: unknown
  try {
    value = askField(execution, field, source, place)
  } catch (thrown) {
    failField(execution, field, place, thrown)
    return
  }
  if (isPromise(value))
    execution.work.await(
      value,
      resolved => isUnseen(parent) || answerField(execution, field, place, resolved),
      thrown => failField(execution, field, place, thrown),
    )
  else answerField(execution, field, place, value)
}

const placeOf = (
  { responseKey, parentType, slot, shape }: FieldPlan,
  parent: Place | undefined,
  values: unknown[],
): Place => new Place(parent, responseKey, parentType.name, values, slot, shape.isNullable)

const answerField = (execution: Execution, field: FieldPlan, place: Place, value: unknown): void => {
  completeValue(execution, field, field.shape, place, value)
  if (field.twins.length === 0 || place.prev?.isDead) return
  if (field.shape.kind === 'leaf' && !place.hasErrors) copyLeaf(execution, field, place)
  else answerTwins(execution, field.twins, value, [place])
}

const copyLeaf = (execution: Execution, { twins }: FieldPlan, { holder, slot }: Place): void => {
  const leaf = holder[slot]
  for (const { plan } of twins) holder[plan.slot] = leaf
  execution.take(leafBytes(leaf) * twins.length)
}

/** Completes the twins of a field, starting with the given one; `places` are those of the group so far. */
const answerTwins = (execution: Execution, twins: readonly Twin[], value: unknown, places: Place[], from = 0): void => {
  const { work, shared } = execution
  const [first] = places
  for (let index = from; first !== undefined && index < twins.length; index++) {
    const twin = twins[index]
    if (twin === undefined || first.prev?.isDead) return
    if (work.isPaused) {
      work.handOver(() => isUnseen(first.prev) || answerTwins(execution, twins, value, places, index))
      return
    }
    const { plan, sharesWith } = twin
    const place = placeOf(plan, first.prev, first.holder)
    places.push(place)
    const other = sharesWith === null ? undefined : places[sharesWith]
    const complete = () => completeValue(execution, plan, plan.shape, place, value)
    if (other === undefined) complete()
    else shared.add(other, place, complete)
  }
}

/** Reports a thrown error for a field and for each of its twins. */
const failField = (execution: Execution, field: FieldPlan, place: Place, thrown: unknown): void => {
  execution.failAt(field, place, thrown)
  failTwins(execution, field.twins, place, thrown)
}

const failTwins = (execution: Execution, twins: readonly Twin[], first: Place, thrown: unknown, from = 0): void => {
  const { work } = execution
  for (const [index, { plan }] of twins.slice(from).entries()) {
    if (work.isPaused) {
      work.handOver(() => isUnseen(first.prev) || failTwins(execution, twins, first, thrown, from + index))
      return
    }
    execution.failAt(plan, placeOf(plan, first.prev, first.holder), thrown)
  }
}
