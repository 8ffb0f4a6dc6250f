import {
  BREAK,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  isAbstractType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  TypeNameMetaFieldDef,
  visit,
} from 'graphql'
import { collectFields, fragmentsOf, type Names } from './collect-fields.ts'
import { completionOf, type PlanFields } from './complete-value.ts'
import type { FieldPlan } from './run-fields.ts'

/** What of an operation is the same for every execution. */
export interface OperationPlan extends Names {
  readonly operation: OperationDefinitionNode
  readonly fields: readonly FieldPlan[]
}

const NO_PLAN = new Set(['skip', 'include'])

/** Conditions make another selection of every execution, introspection has resolvers of graphql's own: both are rare. */
const canBePlanned = (document: DocumentNode): boolean => {
  let isPlain = true
  visit(document, {
    Directive: ({ name }) => {
      isPlain &&= !NO_PLAN.has(name.value)
      return isPlain ? undefined : BREAK
    },
    Field: ({ name, alias }) => {
      isPlain &&= name.value !== '__schema' && name.value !== '__type' && alias?.value !== '__proto__'
      return isPlain ? undefined : BREAK
    },
  })
  return isPlain
}

const hasVariables = ({ arguments: nodes = [] }: FieldNode): boolean => {
  let has = false
  for (const node of nodes)
    visit(node, {
      Variable: () => {
        has = true
        return BREAK
      },
    })
  return has
}

/** The arguments of a field; looked at once where no variable is in them. */
const argumentsOf = (field: GraphQLField<unknown, unknown>, node: FieldNode): FieldPlan['argsOf'] => {
  if (field.args.length === 0) return () => ({})
  if (hasVariables(node)) return variables => getArgumentValues(field, node, variables)
  let known: { [name: string]: unknown } | undefined
  return () => {
    known ??= getArgumentValues(field, node)
    return { ...known }
  }
}

const createPlanFields = (names: Names): PlanFields => {
  const planFields: PlanFields = (type, nodes) =>
    planned(
      type,
      nodes.map(({ selectionSet }) => selectionSet),
    )
  const planned = (type: GraphQLObjectType, sets: Parameters<typeof collectFields>[0]): readonly FieldPlan[] =>
    [...collectFields(sets, type, names)].flatMap(([responseName, nodes]) => {
      const [node] = nodes
      if (node === undefined) return []
      const name = node.name.value
      const field = name === TypeNameMetaFieldDef.name ? TypeNameMetaFieldDef : type.getFields()[name]
      if (field === undefined) return []
      const isNonNull = isNonNullType(field.type)
      const complete = completionOf(field.type, { field, nodes, parentType: type }, planFields)
      return [{ responseName, parentType: type, field, nodes, isNonNull, argsOf: argumentsOf(field, node), complete }]
    })
  return planFields
}

/** Plans a query or mutation; null when graphql's own execution is to be asked every time. */
export const planOperation = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): OperationPlan | null => {
  const type = schema.getRootType(operation.operation)
  if (type == null || !canBePlanned(document)) return null
  const names: Names = { schema, fragments: fragmentsOf(document) }
  const root: FieldNode = {
    kind: Kind.FIELD,
    name: { kind: Kind.NAME, value: '' },
    selectionSet: operation.selectionSet,
  }
  return {
    ...names,
    operation,
    fields: createPlanFields(names)(type, [root]),
  }
}

/** True when a schema's types tell by themselves, without being asked, what a value is. */
export const isPlannable = (schema: GraphQLSchema): boolean =>
  Object.values(schema.getTypeMap()).every(type =>
    isObjectType(type) ? !type.isTypeOf : !isAbstractType(type) || type.resolveType != null,
  )
