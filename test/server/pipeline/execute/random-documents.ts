import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'

/** Pseudo-random numbers, the same for the same seed: from 0 to `below`, exclusive. */
export type Random = (below: number) => number

export const createRandom = (seed: number): Random => {
  let state = seed >>> 0
  return below => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** A document, and variables for it. */
export interface RandomDocument {
  readonly source: string
  readonly variables: Readonly<Record<string, unknown>>
}

const CONDITIONS = [
  '@include(if: $yes)',
  '@skip(if: $yes)',
  '@include(if: $no)',
  '@skip(if: $no)',
  '@include(if: true)',
]

const VARIABLES = ['$yes: Boolean = true', '$no: Boolean! = false', '$number: Int! = 1']

/** A random literal for an argument of a type. */
const literalOf = (type: GraphQLInputType, random: Random): string | null => {
  if (isNonNullType(type)) return literalOf(type.ofType, random)
  if (isListType(type)) return `[${literalOf(type.ofType, random) ?? ''}]`
  if (isEnumType(type)) return type.getValues()[random(type.getValues().length)]?.name ?? null
  if (isInputObjectType(type)) return null
  if (type.name === 'Int') return random(4) === 0 ? '$number' : String(random(3))
  if (type.name === 'Boolean') return random(3) === 0 ? '$yes' : 'false'
  return type.name === 'String' || type.name === 'ID' ? `"t${random(3)}"` : null
}

const argumentsText = (args: readonly GraphQLArgument[], random: Random): string | null => {
  const given: string[] = []
  for (const { name, type, defaultValue } of args) {
    const isRequired = isNonNullType(type) && defaultValue === undefined
    if (!isRequired && random(2) === 0) continue
    const literal = literalOf(type, random)
    if (literal !== null) given.push(`${name}: ${literal}`)
    else if (isRequired) return null
  }
  return given.length === 0 ? '' : `(${given.join(', ')})`
}

/** Random documents of a schema: dense in equal aliases, fragments and conditions. */
export class DocumentMaker {
  readonly #schema: GraphQLSchema
  readonly #random: Random
  readonly #fragments: string[] = []
  #fieldsLeft = 0

  constructor(schema: GraphQLSchema, random: Random) {
    this.#schema = schema
    this.#random = random
  }

  /** Makes a document with one operation. It may be invalid where selections conflict. */
  make(operation: 'query' | 'mutation', mostFields: number): RandomDocument {
    this.#fragments.length = 0
    this.#fieldsLeft = mostFields
    const root = operation === 'query' ? this.#schema.getQueryType() : this.#schema.getMutationType()
    if (!root) throw new Error(`no ${operation}`)
    const selection = this.#selection(root, 0)
    const body = [selection, ...this.#fragments].join('\n')
    const declared = VARIABLES.filter(text => body.includes(text.slice(0, text.indexOf(':'))))
    const head = declared.length === 0 ? operation : `${operation} (${declared.join(', ')})`
    const variables = {
      ...(this.#random(3) === 0 ? { yes: this.#random(2) === 0 } : {}),
      ...(this.#random(3) === 0 ? { number: 2 } : {}),
    }
    return { source: `${head} ${body}`, variables }
  }

  #selection(type: GraphQLNamedType, depth: number): string {
    const parts: string[] = []
    const count = 1 + this.#random(depth === 0 ? 6 : 4)
    for (let part = 0; part < count; part++) parts.push(this.#part(type, depth))
    return `{ __typename ${parts.join(' ')} }`
  }

  #part(type: GraphQLNamedType, depth: number): string {
    const kind = this.#random(8)
    if (kind === 0 && depth < 8) return this.#fragment(type, depth)
    if (kind === 1 && depth < 8) return `... ${this.#condition()} ${this.#selection(type, depth + 1)}`
    if (isAbstractType(type) && (kind < 5 || !isInterfaceType(type))) return this.#onType(type, depth)
    return isObjectType(type) || isInterfaceType(type) ? this.#field(type.getFields(), type, depth) : ''
  }

  #onType(type: GraphQLNamedType, depth: number): string {
    const possible: readonly GraphQLObjectType[] = isAbstractType(type) ? this.#schema.getPossibleTypes(type) : []
    const chosen = possible[this.#random(possible.length)]
    return chosen ? `... on ${chosen.name} ${this.#condition()} ${this.#selection(chosen, depth + 1)}` : ''
  }

  #fragment(type: GraphQLNamedType, depth: number): string {
    if (this.#fragments.length > 0 && this.#random(2) === 0) {
      const known = this.#fragments.flatMap(
        text => text.match(new RegExp(`^fragment (\\w+) on ${type.name} `))?.[1] ?? [],
      )
      const again = known[this.#random(Math.max(1, known.length))]
      if (again !== undefined) return `...${again} ${this.#condition()}`
    }
    const selection = this.#selection(type, depth + 1)
    const name = `F${this.#fragments.length}`
    this.#fragments.push(`fragment ${name} on ${type.name} ${selection}`)
    return `...${name} ${this.#condition()}`
  }

  #field(
    fields: Readonly<Record<string, GraphQLField<unknown, unknown>>>,
    type: GraphQLNamedType,
    depth: number,
  ): string {
    const all = Object.values(fields)
    const field = all[this.#random(all.length)]
    if (field === undefined || this.#fieldsLeft <= 0) return ''
    const named = getNamedType(field.type)
    if (!isLeafType(named) && depth > 7) return ''
    const given = argumentsText(field.args, this.#random)
    if (given === null) return ''
    this.#fieldsLeft -= 1
    const selection = isLeafType(named) ? '' : this.#selection(named, depth + 1)
    const text = `${field.name}${given} ${this.#condition()} ${selection}`
    // The same field under several keys, with the same or another selection.
    const times = this.#random(4) === 0 ? 2 + this.#random(3) : 1
    const other = () => (isLeafType(named) ? '' : this.#selection(named, depth + 1))
    const again = Array.from({ length: times - 1 }, () =>
      this.#random(2) === 0 ? text : `${field.name}${given} ${other()}`,
    )
    return [text, ...again].map(each => `${this.#key(type, field.name, given)}${each}`).join(' ')
  }

  #key(type: GraphQLNamedType, name: string, given: string): string {
    const plain = given === '' && this.#random(2) === 0
    return plain ? '' : `${type.name}_${name}_${given.replace(/\W+/g, '_')}_${this.#random(3)}: `
  }

  #condition(): string {
    return this.#random(3) === 0 ? (CONDITIONS[this.#random(CONDITIONS.length)] ?? '') : ''
  }
}
