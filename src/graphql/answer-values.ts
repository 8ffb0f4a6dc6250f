import {
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql'

/** Where selections stand: the type that they select of, and what their names mean. */
interface Place {
  readonly type: GraphQLOutputType | GraphQLNamedType
  readonly schema: GraphQLSchema
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>
}

const selected = (set: SelectionSetNode | undefined, place: Place): number => {
  const { schema, fragments } = place
  const type = getNamedType(place.type)
  let values = 0
  for (const node of set?.selections ?? []) {
    if (node.kind === Kind.FIELD) {
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined
      values += 1
      // A list within takes its own size once it is known.
      if (field === undefined || isListType(getNullableType(field.type))) continue
      values += selected(node.selectionSet, { ...place, type: field.type })
      continue
    }
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments[node.name.value] : node
    const on = fragment?.typeCondition ? schema.getType(fragment.typeCondition.name.value) : undefined
    values += selected(fragment?.selectionSet, on ? { ...place, type: on } : place)
  }
  return values
}

const listsSelected = (set: SelectionSetNode | undefined, place: Place): number => {
  const type = getNamedType(place.type)
  const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {}
  let values = 0
  for (const node of set?.selections ?? []) {
    if (node.kind === Kind.FIELD) {
      const field = fields[node.name.value]
      if (field === undefined || !isListType(getNullableType(field.type))) continue
      values += Math.max(1, selected(node.selectionSet, { ...place, type: field.type }))
    } else {
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? place.fragments[node.name.value] : node
      values += listsSelected(fragment?.selectionSet, place)
    }
  }
  return values
}

/** How many values an item in each list of an object of `place.type` adds, summed over its lists. */
export const valuesOfLists = (
  nodes: readonly { readonly selectionSet?: SelectionSetNode | undefined }[],
  place: Place,
): number => nodes.reduce((values, { selectionSet }) => values + listsSelected(selectionSet, place), 0)

/** How many values the selections of these fields have for one object of `place.type`, without the items of lists in it. */
export const valuesOf = (
  nodes: readonly { readonly selectionSet?: SelectionSetNode | undefined }[],
  place: Place,
): number => nodes.reduce((values, { selectionSet }) => values + selected(selectionSet, place), 0)
