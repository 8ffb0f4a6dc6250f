import {
  type GraphQLAbstractType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'

/** An output type as the executor reads it: its kind, and whether it is nullable. */
export type Shape =
  | { readonly kind: 'leaf'; readonly isNullable: boolean; readonly type: GraphQLLeafType }
  | { readonly kind: 'object'; readonly isNullable: boolean; readonly type: GraphQLObjectType }
  | { readonly kind: 'abstract'; readonly isNullable: boolean; readonly type: GraphQLAbstractType }
  | { readonly kind: 'list'; readonly isNullable: boolean; readonly item: Shape }

const known = new WeakMap<GraphQLOutputType, Shape>()

const shapeFrom = (type: GraphQLOutputType): Shape => {
  const isNullable = !isNonNullType(type)
  const inner = isNonNullType(type) ? type.ofType : type
  if (isListType(inner)) return { kind: 'list', isNullable, item: shapeOf(inner.ofType) }
  if (isLeafType(inner)) return { kind: 'leaf', isNullable, type: inner }
  return isObjectType(inner)
    ? { kind: 'object', isNullable, type: inner }
    : { kind: 'abstract', isNullable, type: inner }
}

/** The shape of a type, made once. */
export const shapeOf = (type: GraphQLOutputType): Shape => {
  const made = known.get(type) ?? shapeFrom(type)
  known.set(type, made)
  return made
}
