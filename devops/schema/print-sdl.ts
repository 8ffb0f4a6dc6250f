import {
  astFromValue,
  type DirectiveNode,
  type GraphQLArgument,
  type GraphQLDirective,
  type GraphQLSchema,
  lexicographicSortSchema,
  parse,
  print,
  printSchema,
  specifiedDirectives,
  visit,
} from 'graphql'

const described = (description: string | null | undefined): string => (description ? `"""${description}"""\n` : '')

const argumentText = ({ name, type, description, defaultValue }: GraphQLArgument): string => {
  const value = defaultValue === undefined ? null : astFromValue(defaultValue, type)
  return `${described(description)}${name}: ${type}${value ? ` = ${print(value)}` : ''}`
}

const definitionOf = ({ name, description, args, isRepeatable, locations }: GraphQLDirective): string => {
  const taken = args.length === 0 ? '' : `(${args.map(argumentText).join('\n')})`
  const repeatable = isRepeatable ? ' repeatable' : ''
  const text = `${described(description)}directive @${name}${taken}${repeatable} on ${locations.join(' | ')}`
  return print(parse(text))
}

const usedDirectives = (sdl: string): ReadonlySet<string> => {
  const used = new Set<string>()
  const enter = ({ name }: DirectiveNode): void => void used.add(name.value)
  visit(parse(sdl), { Directive: { enter } })
  return used
}

/**
 * The SDL of a schema, sorted. It defines every directive that it uses: `printSchema` omits those of the specification,
 * and tools older than `@oneOf` reject a directive without a definition.
 */
export const printSdl = (schema: GraphQLSchema): string => {
  const sdl = printSchema(lexicographicSortSchema(schema))
  const used = usedDirectives(sdl)
  const definitions = specifiedDirectives.filter(({ name }) => used.has(name)).map(definitionOf)
  return `${[...definitions, sdl].join('\n\n')}\n`
}
