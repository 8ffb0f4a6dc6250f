import { type GraphQLAbstractType, GraphQLError, type GraphQLObjectType, isObjectType } from 'graphql'
import { inspect } from 'graphql/jsutils/inspect.js'
import type { FieldPlan } from './field-plan.ts'
import type { OperationPlan } from './operation-plan.ts'

const nameOf = ({ parentType, definition }: FieldPlan): string => `${parentType.name}.${definition.name}`

/** The object type that an abstract type's resolver returned. @throws GraphQLError, worded like graphql's, if it is none of its types. */
export const runtimeType = (
  named: unknown,
  abstract: GraphQLAbstractType,
  field: FieldPlan,
  { schema }: OperationPlan,
  value: unknown,
): GraphQLObjectType => {
  if (named === null || named === undefined)
    throw new GraphQLError(
      `Abstract type "${abstract.name}" must resolve to an Object type at runtime for field "${nameOf(field)}". Either the "${abstract.name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`,
      { nodes: field.nodes },
    )
  if (isObjectType(named))
    throw new GraphQLError(
      'Support for returning GraphQLObjectType from resolveType was removed in graphql-js@16.0.0 please return type name instead.',
    )
  if (typeof named !== 'string')
    throw new GraphQLError(
      `Abstract type "${abstract.name}" must resolve to an Object type at runtime for field "${nameOf(field)}" with value ${inspect(value)}, received "${inspect(named)}".`,
    )
  const type = schema.getType(named)
  const { nodes } = field
  if (type === undefined)
    throw new GraphQLError(
      `Abstract type "${abstract.name}" was resolved to a type "${named}" that does not exist inside the schema.`,
      { nodes },
    )
  if (!isObjectType(type))
    throw new GraphQLError(`Abstract type "${abstract.name}" was resolved to a non-object type "${named}".`, { nodes })
  if (!schema.isSubType(abstract, type))
    throw new GraphQLError(`Runtime Object type "${type.name}" is not a possible type for "${abstract.name}".`, {
      nodes,
    })
  return type
}
