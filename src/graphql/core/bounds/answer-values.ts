import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql'

/** A selection set's type, with the schema and the fragments that give its names a meaning. */
interface Place {
  readonly type: GraphQLOutputType | GraphQLNamedType
  readonly schema: GraphQLSchema
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>
}

/** Counts the selected values: those of every type together, those of one object type separately. */
class SelectedValues {
  #forAll = 0
  readonly #forOne = new Map<string, number>()

  add(set: SelectionSetNode | undefined, place: Place, only: string | null): void {
    const { schema, fragments } = place
    const type = getNamedType(place.type)
    for (const node of set?.selections ?? []) {
      if (node.kind === Kind.FIELD) {
        this.#count(1 + valuesWithin(node, type, place), only)
        continue
      }
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments[node.name.value] : node
      const on = fragment?.typeCondition ? schema.getType(fragment.typeCondition.name.value) : undefined
      const isNarrower = isAbstractType(type) && isObjectType(on)
      this.add(fragment?.selectionSet, on ? { ...place, type: on } : place, isNarrower ? on.name : only)
    }
  }

  /** The most values that one object can have: an object has only one type. */
  get most(): number {
    return this.#forAll + Math.max(0, ...this.#forOne.values())
  }

  #count(values: number, only: string | null): void {
    if (only === null) this.#forAll += values
    else this.#forOne.set(only, (this.#forOne.get(only) ?? 0) + values)
  }
}

const selected = (set: SelectionSetNode | undefined, place: Place): number => {
  const values = new SelectedValues()
  values.add(set, place, null)
  return values.most
}

/** The values within a field. Lists count 0 here: they are counted when their length is known. */
const valuesWithin = (node: FieldNode, type: GraphQLNamedType, place: Place): number => {
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined
  if (field === undefined || isListType(getNullableType(field.type))) return 0
  return selected(node.selectionSet, { ...place, type: field.type })
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

/** How many values the lists of one object of `place.type` add if each has one item. */
export const valuesOfLists = (
  nodes: readonly { readonly selectionSet?: SelectionSetNode | undefined }[],
  place: Place,
): number => nodes.reduce((values, { selectionSet }) => values + listsSelected(selectionSet, place), 0)

/** How many values these selections have for one object of `place.type`, without the items of its lists. */
export const valuesOf = (
  nodes: readonly { readonly selectionSet?: SelectionSetNode | undefined }[],
  place: Place,
): number => nodes.reduce((values, { selectionSet }) => values + selected(selectionSet, place), 0)
