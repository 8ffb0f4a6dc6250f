import { buildSchema, type FragmentDefinitionNode, Kind, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { valuesOf } from '../../../../src/graphql/core/bounds/answer-values.ts'

const schema = buildSchema(`
  type Query { node: Node }
  interface Node { id: Int inner: Node }
  type A implements Node { id: Int inner: Node a: Int list: [Int] }
  type B implements Node { id: Int inner: Node b: Int c: Int }
  union U = A | B
`)
const type = schema.getQueryType()?.getFields().node?.type

const valuesIn = (selection: string): number => {
  const { definitions } = parse(
    `{ node { ${selection} } } fragment OnA on A { id a } fragment OnU on U { ... on B { b c } }`,
  )
  const [operation] = definitions
  const fragments: Record<string, FragmentDefinitionNode> = {}
  for (const each of definitions) if (each.kind === Kind.FRAGMENT_DEFINITION) fragments[each.name.value] = each
  const node = operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections[0] : undefined
  if (node?.kind !== Kind.FIELD || type === undefined) throw new Error('no such field')
  return valuesOf([node], { type, schema, fragments })
}

describe('the values of a selection', () => {
  it.each([
    ['id inner { id }', 3],
    ['id ... on Node { id }', 2],
    ['... on A { a list }', 2],
    ['id ... on A { id a } ... on B { id }', 3],
    ['...OnA ... on A { a } ... on B { b c }', 3],
    ['...OnU ... on A { id }', 2],
    ['inner { ...OnA ... on B { id } } ... on B { inner { id } }', 5],
  ])('on several types are those of the type that has most: %s', (selection, values) => {
    expect(valuesIn(selection)).toBe(values)
  })
})
