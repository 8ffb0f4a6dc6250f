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
import type { GraphQLContext } from '../context.ts'
import type { FieldCost } from '../cost.ts'
import type { GraphQLLimits } from '../limits.ts'
import type { Loaders } from '../loaders.ts'
import { valuesOf, valuesOfLists } from './answer-values.ts'

/** The most fields with `cost.asksKafka` in one operation: each takes 1/100 of the value budget. */
const MAX_QUESTIONS = 100

/** The most fields with `cost.asksRegistry` in one operation: enough for a page of topics with both schemas. */
const MAX_REGISTRY_QUESTIONS = 5000

/** A mutation that is done must report its result: its lists are refused only above 10 times the limit. */
const PAYLOAD_FACTOR = 10

const tooLarge = (max: number, { schema, operation, fieldNodes, path, parentType }: GraphQLResolveInfo): GraphQLError =>
  new GraphQLError(
    [
      `The response is larger than ${max} values. Each list item counts once for every field selected on it,`,
      `and each field such as groups, topics or acls counts as 1/${MAX_QUESTIONS} of the limit. Ask for smaller pages (first), filter, or select fewer fields.`,
      ...(operation.operation === 'mutation' ? [mutationText(parentType === schema.getMutationType())] : []),
    ].join(' '),
    { nodes: fieldNodes, path: responsePathAsArray(path), extensions: { code: 'RESPONSE_TOO_LARGE', maxValues: max } },
  )

const mutationText = (isRoot: boolean): string =>
  isRoot ? 'Nothing was changed by this field.' : 'What was changed stays changed.'

/**
 * Counts once per field of a cached document. The key is a field node: graphql builds a new list of nodes on each
 * execution. The outer key is the type, because a field inside a fragment on an interface can belong to several types,
 * and several schemas can execute the same document.
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

/** How many values one item of this list adds to the response, the item itself included. */
const valuesAnItem = (info: GraphQLResolveInfo): number => Math.max(1, valuesOfItem(info))

const isWithin = ({ valuesTaken, limits }: GraphQLContext): boolean => valuesTaken <= limits.answer.maxValues

/**
 * Takes values from the budget before a list loads them. Returns false when the budget is exceeded; the list is then
 * refused.
 */
export const takeValues = (context: GraphQLContext, values: number): boolean => {
  context.valuesTaken += values
  return isWithin(context)
}

/**
 * One error per response, with its path set, so that graphql passes it on unchanged: locating 10,000 separate errors
 * blocked the event loop for 1.5 s.
 */
const refusals = new WeakMap<EventContext, GraphQLError>()

/** Rejects instead of throwing: if one list item throws, graphql leaves the promises of the other items unhandled. */
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
    // Send no further Kafka request for a response that will be refused.
    if (!isWithin(context)) return refused(context, info)
    const list = resolve(source, args, context, info)
    return list instanceof Promise ? list.then(each => take(each, context, info)) : take(list, context, info)
  }
}

/** The lists of a mutation payload: no longer than the request's own lists, which were checked before the change. */
const boundedPayload = (field: GraphQLField<unknown, GraphQLContext>): void => {
  const resolve = field.resolve ?? defaultFieldResolver
  const take = (list: unknown, context: GraphQLContext, info: GraphQLResolveInfo): unknown => {
    const isTooLarge =
      Array.isArray(list) && list.length * valuesAnItem(info) > PAYLOAD_FACTOR * context.limits.answer.maxValues
    return isTooLarge ? refused(context, info) : list
  }
  field.resolve = (source, args, context, info) => {
    const list = resolve(source, args, context, info)
    return list instanceof Promise ? list.then(each => take(each, context, info)) : take(list, context, info)
  }
}

/** The longest list in an argument: a mutation returns one result for each of its items. */
const longestList = (value: unknown): number => {
  if (Array.isArray(value)) return value.length
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return 0
  let longest = 0
  for (const each of Object.values(value)) longest = Math.max(longest, longestList(each))
  return longest
}

/** Refuses a mutation whose response would be too large before it changes anything. */
const measured = (field: GraphQLField<unknown, GraphQLContext, Record<string, unknown>>): void => {
  const resolve = field.resolve ?? defaultFieldResolver
  const { mostItems = ({ page }: GraphQLLimits) => page.max }: FieldCost = field.extensions.cost ?? {}
  field.resolve = (source, args, context, info) => {
    const { limits } = context
    const items = longestList(args)
    // The resolver itself refuses a list that is too long, by name and before any change.
    if (items > mostItems(limits)) return resolve(source, args, context, info)
    const values = items * valuesOfItsLists(info)
    return takeValues(context, values) ? resolve(source, args, context, info) : refused(context, info)
  }
}

/** Takes a share of the values each time the field is selected. */
const takesShare = (field: GraphQLField<unknown, GraphQLContext>, shares: number): void => {
  const resolve = field.resolve ?? defaultFieldResolver
  field.resolve = (source, args, context, info) => {
    context.valuesTaken += context.limits.answer.maxValues / shares
    return isWithin(context) ? resolve(source, args, context, info) : refused(context, info)
  }
}

/**
 * Bounds nested lists. Every list of the schema takes its size from one budget per operation, or per event of a
 * subscription. So aliases cannot exceed it, and a new field is covered without further code.
 */
export const boundAnswers = (schema: GraphQLSchema): GraphQLSchema => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__') || type.extensions.isStreamed) continue
    const isPayload = type.getInterfaces().some(({ extensions }) => extensions.isMutationPayload)
    for (const field of Object.values(type.getFields())) {
      if (type === schema.getMutationType()) measured(field)
      else if (isListType(getNullableType(field.type))) (isPayload ? boundedPayload : bounded)(field)
      if (field.extensions.cost?.asksKafka) takesShare(field, MAX_QUESTIONS)
      if (field.extensions.cost?.asksRegistry) takesShare(field, MAX_REGISTRY_QUESTIONS)
    }
  }
  return schema
}

/** The state that each event of a subscription resets. */
export interface EventContext {
  valuesTaken: number
  bytesRendered: number
  largestRendering: number
  decodeWork: number
  decoded: WeakSet<object> | null
  itemsLookedAt: number
  /** Counts the events, and the times that one was begun again. What was asked before no longer counts. */
  eventNumber: number
  readonly loaders: Pick<Loaders, 'forget'>
}

/** Starts the next event of a subscription, with a new budget and without cached Kafka data. */
export const beginEvent = (context: EventContext): void => {
  if (context.valuesTaken > 0) refusals.delete(context)
  context.valuesTaken = 0
  context.bytesRendered = 0
  context.largestRendering = 0
  context.decodeWork = 0
  context.decoded = null
  context.itemsLookedAt = 0
  context.eventNumber += 1
  context.loaders.forget()
}
