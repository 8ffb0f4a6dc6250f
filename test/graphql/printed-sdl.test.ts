import { readFileSync } from 'node:fs'
import {
  buildASTSchema,
  buildClientSchema,
  buildSchema as buildFromSdl,
  type DocumentNode,
  introspectionFromSchema,
  Kind,
  parse,
  specifiedScalarTypes,
  validateSchema,
  visit,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { printSdl } from '../../devops/schema/print-sdl.ts'
import { buildSchema } from '../../src/graphql/schema.ts'

const committed = readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8')
const INTROSPECTION = { specifiedByUrl: true, inputValueDeprecation: true, oneOf: true }

interface Names {
  readonly defined: ReadonlySet<string>
  readonly used: ReadonlySet<string>
}

const directivesOf = (document: DocumentNode): Names => {
  const [defined, used] = [new Set<string>(), new Set<string>()]
  visit(document, {
    DirectiveDefinition: ({ name }) => void defined.add(name.value),
    Directive: ({ name }) => void used.add(name.value),
  })
  return { defined, used }
}

const typesOf = (document: DocumentNode): Names => {
  const [defined, used] = [new Set<string>(), new Set<string>()]
  for (const definition of document.definitions) {
    if ('name' in definition && definition.name && definition.kind !== Kind.DIRECTIVE_DEFINITION) {
      defined.add(definition.name.value)
    }
  }
  visit(document, { NamedType: ({ name }) => void used.add(name.value) })
  return { defined, used }
}

describe('the printed SDL stands alone', () => {
  const document = parse(committed)

  it('defines every directive that it uses, as tools without @oneOf need it', () => {
    const { defined, used } = directivesOf(document)
    expect(used).toEqual(defined)
    expect(used).toContain('oneOf')
  })

  it('defines every type that it uses, and each once', () => {
    const { defined, used } = typesOf(document)
    const builtIn = new Set(specifiedScalarTypes.map(({ name }) => name))
    expect([...used].filter(name => !defined.has(name) && !builtIn.has(name))).toEqual([])
    expect(document.definitions.length).toBe(defined.size + directivesOf(document).defined.size)
  })

  it('is a valid schema without any leniency', () => {
    const schema = buildASTSchema(document, { assumeValid: false, assumeValidSDL: false })
    expect(validateSchema(schema)).toEqual([])
  })

  it('says the same as the schema that answers: from SDL and from introspection alike', () => {
    expect(printSdl(buildFromSdl(committed))).toBe(committed)
    expect(printSdl(buildClientSchema(introspectionFromSchema(buildSchema(), INTROSPECTION)))).toBe(committed)
  })
})

describe('Relay’s rules of connections', () => {
  const objects = parse(committed).definitions.flatMap(one => (one.kind === Kind.OBJECT_TYPE_DEFINITION ? [one] : []))
  const fieldsOf = (name: string) =>
    new Map(
      objects
        .find(one => one.name.value === name)
        ?.fields?.map(field => [field.name.value, committed.slice(field.type.loc?.start, field.type.loc?.end)]),
    )
  const connections = objects.map(({ name }) => name.value).filter(name => name.endsWith('Connection'))

  it('only object types have a name that ends in Connection', () => {
    const named = [...typesOf(parse(committed)).defined].filter(name => name.endsWith('Connection'))
    expect(connections.length).toBeGreaterThan(3)
    expect(named.sort()).toEqual([...connections].sort())
  })

  it.each(connections)('%s has edges with cursor and node, and a PageInfo', name => {
    const fields = fieldsOf(name)
    expect(fields.get('pageInfo')).toBe('PageInfo!')
    const edge = /^\[(\w+Edge)!\]!$/.exec(fields.get('edges') ?? '')?.[1] ?? ''
    expect([...fieldsOf(edge).keys()].sort()).toEqual(['cursor', 'node'])
  })

  it('every field that answers a connection takes Relay’s arguments', () => {
    const takes = objects.flatMap(({ fields = [] }) =>
      fields.flatMap(field => {
        const type = field.type.kind === Kind.NON_NULL_TYPE ? field.type.type : field.type
        if (type.kind !== Kind.NAMED_TYPE || !connections.includes(type.name.value)) return []
        return [field.arguments?.map(({ name }) => name.value) ?? []]
      }),
    )
    expect(takes.length).toBeGreaterThanOrEqual(connections.length)
    for (const names of takes) expect(names).toEqual(expect.arrayContaining(['first', 'after', 'last', 'before']))
  })
})

describe('printSdl', () => {
  it('defines the directives of the specification that a schema uses, and no others', () => {
    const sdl = printSdl(
      buildFromSdl('directive @own on FIELD_DEFINITION\n type Query { old(a: Int): Int @deprecated(reason: "gone") }'),
    )
    expect(directivesOf(parse(sdl)).defined).toEqual(new Set(['deprecated', 'own']))
    expect(sdl).toContain('reason: String = "No longer supported"')
    expect(printSdl(buildFromSdl(sdl))).toBe(sdl)
  })
})
