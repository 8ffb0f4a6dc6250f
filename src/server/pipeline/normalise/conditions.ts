import { type DirectiveNode, GraphQLError, Kind, type SelectionNode } from 'graphql'

/** Coerced variables by name. Includes defaults; omits variables that were left out. */
export type Variables = Readonly<Record<string, unknown>>

const nullCondition = (directive: DirectiveNode, variable: string): GraphQLError =>
  new GraphQLError(
    `Variable "$${variable}" is null, and @${directive.name.value}(if: $${variable}) takes true or false. Leave the variable out to use its default.`,
    { nodes: directive, extensions: { code: 'BAD_USER_INPUT', variable } },
  )

const isTrue = (directive: DirectiveNode, variables: Variables): boolean => {
  const value = directive.arguments?.find(({ name }) => name.value === 'if')?.value
  if (value?.kind !== Kind.VARIABLE) return value?.kind === Kind.BOOLEAN && value.value
  const given = variables[value.name.value]
  if (typeof given === 'boolean') return given
  throw nullCondition(directive, value.name.value)
}

/** True for a directive that decides whether a selection is part of the operation. */
export const isCondition = ({ name }: DirectiveNode): boolean => name.value === 'skip' || name.value === 'include'

/** Applies `@skip` and `@include` to a selection. @throws GraphQLError BAD_USER_INPUT for a variable that is null. */
export const isWanted = ({ directives = [] }: SelectionNode, variables: Variables): boolean => {
  if (directives.length === 0) return true
  const skip = directives.find(({ name }) => name.value === 'skip')
  if (skip !== undefined && isTrue(skip, variables)) return false
  const include = directives.find(({ name }) => name.value === 'include')
  return include === undefined || isTrue(include, variables)
}
