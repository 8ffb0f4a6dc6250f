import {
  defaultFieldResolver,
  type FieldNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNullableType,
  isListType,
  isObjectType,
  responsePathAsArray,
} from 'graphql'
import { valuesOf, valuesOfLists } from './answer-values.ts'
import type { GraphQLContext } from './context.ts'
import type { FieldCost } from './cost.ts'
import type { GraphQLLimits } from './limits.ts'
import type { Loaders } from './loaders.ts'

/** The most fields that ask Kafka (`FieldCost.asksKafka`) in an operation: each takes as large a part of the budget. */
const MAX_QUESTIONS = 100

/** What was done is told: the lists of a mutation's own answer are refused only beyond so many times the bound. */
const TOLD = 10

const tooLarge = (max: number, { schema, operation, fieldNodes, path, parentType }: GraphQLResolveInfo): GraphQLError =>
  new GraphQLError(
    [
      `The answer is larger than ${max} values, each item of a list counted once for every field that is selected of it,`,
      `and each field like groups, topics or acls as a part in ${MAX_QUESTIONS}: ask for smaller pages (first), filter, or select less.`,
      ...(operation.operation === 'mutation' ? [mutationText(parentType === schema.getMutationType())] : []),
    ].join(' '),
    { nodes: fieldNodes, path: responsePathAsArray(path), extensions: { code: 'RESPONSE_TOO_LARGE', maxValues: max } },
  )

const mutationText = (isRoot: boolean): string =>
  isRoot ? 'Nothing was changed by this field.' : 'What was changed stays changed.'

/**
 * Counts once for a field of a document, which is kept: graphql makes another list of its nodes each time it executes. By type
 * first: a fragment on an interface may stand for fields of several types, and a document may be sent to several schemas.
 */
const counted = (count: typeof valuesOf): ((info: GraphQLResolveInfo) => number) => {
  const sizes = new WeakMap<GraphQLOutputType, WeakMap<readonly FieldNode[] | FieldNode, number>>()
  return ({ fieldNodes, returnType: type, schema, fragments }) => {
    const key = fieldNodes.length === 1 && fieldNodes[0] !== undefined ? fieldNodes[0] : fieldNodes
    const sizesOfType = sizes.get(type) ?? new WeakMap<readonly FieldNode[] | FieldNode, number>()
    const known = sizesOfType.get(key)
    if (known !== undefined) return known
    const values = count(fieldNodes, { type, schema, fragments })
    sizes.set(type, sizesOfType.set(key, values))
    return values
  }
}

const valuesOfItem = counted(valuesOf)
const valuesOfItsLists = counted(valuesOfLists)

/** What one item of the list under these nodes adds to the answer, itself counted. */
const valuesAnItem = (info: GraphQLResolveInfo): number => Math.max(1, valuesOfItem(info))

const isWithin = ({ valuesTaken, limits }: GraphQLContext): boolean => valuesTaken <= limits.answer.maxValues

/** Takes what a list is about to ask for; false when it is too much: whatever the list is then, it is refused. */
export const takeValues = (context: GraphQLContext, values: number): boolean => {
  context.valuesTaken += values
  return isWithin(context)
}

/** One error an answer: with its place it is passed on as it is, 10,000 lists refused one by one stop the event loop for 1.5 s. */
const refusals = new WeakMap<EventContext, GraphQLError>()

/** A rejection, never thrown: graphql leaves the promises of a list behind, unhandled, when one of its items throws. */
const refused = (context: GraphQLContext, info: GraphQLResolveInfo): Promise<never> => {
  const error = refusals.get(context) ?? tooLarge(context.limits.answer.maxValues, info)
  refusals.set(context, error)
  return Promise.reject(error)
}

const bounded = (field: GraphQLField<unknown, GraphQLContext>): void => {
  const resolve = field.resolve ?? defaultFieldResolver
  const take = (list: unknown, context: GraphQLContext, info: GraphQLResolveInfo): unknown => {
    if (!Array.isArray(list)) return list
    context.valuesTaken += list.length * valuesAnItem(info)
    return isWithin(context) ? list : refused(context, info)
  }
  field.resolve = (source, args, context, info) => {
    // Nothing more is asked of Kafka for an answer that will not be given.
    if (!isWithin(context)) return refused(context, info)
    const list = resolve(source, args, context, info)
    return list instanceof Promise ? list.then(each => take(each, context, info)) : take(list, context, info)
  }
}

/** The lists of a mutation's payload: as long as what was asked for, which was measured before it was done. */
const told = (field: GraphQLField<unknown, GraphQLContext>): void => {
  const resolve = field.resolve ?? defaultFieldResolver
  const take = (list: unknown, context: GraphQLContext, info: GraphQLResolveInfo): unknown => {
    const isTooLarge = Array.isArray(list) && list.length * valuesAnItem(info) > TOLD * context.limits.answer.maxValues
    return isTooLarge ? refused(context, info) : list
  }
  field.resolve = (source, args, context, info) => {
    const list = resolve(source, args, context, info)
    return list instanceof Promise ? list.then(each => take(each, context, info)) : take(list, context, info)
  }
}

/** The longest list within an argument: a mutation answers for each of its items. */
const longestList = (value: unknown): number => {
  if (Array.isArray(value)) return value.length
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return 0
  let longest = 0
  for (const each of Object.values(value)) longest = Math.max(longest, longestList(each))
  return longest
}

/** A mutation whose answer would be too large is refused before anything is changed. */
const measured = (field: GraphQLField<unknown, GraphQLContext, Record<string, unknown>>): void => {
  const resolve = field.resolve ?? defaultFieldResolver
  const { mostItems = ({ page }: GraphQLLimits) => page.max }: FieldCost = field.extensions.cost ?? {}
  field.resolve = (source, args, context, info) => {
    const { limits } = context
    const items = longestList(args)
    // A list that is longer than it may be is refused by name, with nothing done either.
    if (items > mostItems(limits)) return resolve(source, args, context, info)
    const values = items * valuesOfItsLists(info)
    return takeValues(context, values) ? resolve(source, args, context, info) : refused(context, info)
  }
}

const asksKafka = (field: GraphQLField<unknown, GraphQLContext>): void => {
  const resolve = field.resolve ?? defaultFieldResolver
  field.resolve = (source, args, context, info) => {
    context.valuesTaken += context.limits.answer.maxValues / MAX_QUESTIONS
    return isWithin(context) ? resolve(source, args, context, info) : refused(context, info)
  }
}

/**
 * Bounds what lists within lists multiply to: every list of the schema takes its size from one budget of the operation, or of
 * the event of a subscription, so aliases do not get around it and no new field is forgotten.
 */
export const boundAnswers = (schema: GraphQLSchema): GraphQLSchema => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__') || type.extensions.isStreamed) continue
    const isPayload = type.getInterfaces().some(({ extensions }) => extensions.isMutationPayload)
    for (const field of Object.values(type.getFields())) {
      if (type === schema.getMutationType()) measured(field)
      else if (isListType(getNullableType(field.type))) (isPayload ? told : bounded)(field)
      if (field.extensions.cost?.asksKafka) asksKafka(field)
    }
  }
  return schema
}

/** What is begun anew with every event of a subscription. */
export interface EventContext {
  valuesTaken: number
  bytesRendered: number
  largestRendering: number
  itemsLookedAt: number
  readonly loaders: Pick<Loaders, 'forget'>
}

/** Another event of a subscription: whatever it asks is asked anew, and its answer is an answer of its own. */
export const beginEvent = (context: EventContext): void => {
  if (context.valuesTaken > 0) refusals.delete(context)
  context.valuesTaken = 0
  context.bytesRendered = 0
  context.largestRendering = 0
  context.itemsLookedAt = 0
  context.loaders.forget()
}
