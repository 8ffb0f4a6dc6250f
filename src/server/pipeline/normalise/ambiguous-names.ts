import {
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql'

/** Beyond this many names the result is "ambiguous". */
const MOST_NAMES = 20_000

/**
 * graphql-jit identifies a field by the names on its path, joined with "_": `a_b` and `a { b }` would collide. This
 * class builds the same names.
 */
class PathNames {
  readonly #schema: GraphQLSchema
  readonly #seen = new Set<string>()
  isAmbiguous = false

  constructor(schema: GraphQLSchema) {
    this.#schema = schema
  }

  look(type: GraphQLCompositeType, set: SelectionSetNode, path: string, lists: number): void {
    if (isAbstractType(type)) {
      for (const possible of this.#schema.getPossibleTypes(type)) {
        this.look(possible, set, `${possible.name}_${path}`, lists)
      }
      return
    }
    for (const node of set.selections) {
      if (this.isAmbiguous) return
      if (node.kind === Kind.INLINE_FRAGMENT && node.typeCondition?.name.value === type.name)
        this.look(type, node.selectionSet, path, lists)
      if (node.kind !== Kind.FIELD) continue
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined
      const name = `${node.alias?.value ?? node.name.value}_${path}`
      if (field === undefined) continue
      this.#add(name)
      if (node.selectionSet) this.#lookInto(field.type, node.selectionSet, name, lists)
    }
  }

  #add(name: string): void {
    this.isAmbiguous ||= this.#seen.has(name) || this.#seen.size >= MOST_NAMES
    this.#seen.add(name)
  }

  #lookInto(type: GraphQLOutputType, set: SelectionSetNode, path: string, lists: number): void {
    if (isNonNullType(type)) this.#lookInto(type.ofType, set, path, lists)
    else if (isListType(type)) this.#lookInto(type.ofType, set, `idx${lists}_${path}`, lists + 1)
    else if (isCompositeType(type)) this.look(type, set, path, lists)
  }
}

/** True when graphql-jit would confuse fields of these selections. */
export const hasAmbiguousNames = (
  schema: GraphQLSchema,
  root: GraphQLCompositeType,
  set: SelectionSetNode,
): boolean => {
  const names = new PathNames(schema)
  names.look(root, set, '', 0)
  return names.isAmbiguous
}
