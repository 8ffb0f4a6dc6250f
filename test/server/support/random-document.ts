import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from 'graphql'
import type { Random } from './random.ts'
import { randomValue } from './random-values.ts'

/** A subscription to one root field, with values of its variables to try. */
export interface RandomSubscription {
  readonly source: string
  readonly variables: readonly Readonly<Record<string, unknown>>[]
}

interface Variable {
  readonly name: string
  readonly definition: string
  /** Values to try; `undefined` leaves it out. */
  readonly values: readonly unknown[]
}

/** A field with its alias and arguments. */
interface FieldHead {
  readonly text: string
  readonly result: GraphQLNamedType
}

/** The most fragments, and the most uses of any selection. */
const MOST_FRAGMENTS = 6
const MOST_SELECTIONS = 80
const CONDITIONS: readonly Variable[] = [
  { name: 'x', definition: '$x: Boolean!', values: [true, false] },
  { name: 'y', definition: '$y: Boolean!', values: [true, false] },
  { name: 'd', definition: '$d: Boolean! = true', values: [true, false, undefined] },
  { name: 't', definition: '$t: String! = "orders"', values: [undefined, 'orders'] },
  { name: 'n', definition: '$n: Boolean = false', values: [true, false, undefined, undefined, null] },
]

/** Writes one document. Fields with one response key are the same everywhere, so that they merge. */
class Writer {
  readonly #schema: GraphQLSchema
  readonly #random: Random
  readonly #fragments: { readonly name: string; readonly type: string; readonly text: string }[] = []
  readonly #heads = new Map<string, FieldHead>()
  readonly variables: Variable[] = [...CONDITIONS]
  #left = MOST_SELECTIONS

  constructor(schema: GraphQLSchema, random: Random) {
    this.#schema = schema
    this.#random = random
  }

  get fragments(): string {
    return this.#fragments.map(({ name, type, text }) => `fragment ${name} on ${type} ${text}`).join(' ')
  }

  selections(type: GraphQLCompositeType, depth: number): string {
    const count = 2 + this.#random.below(5)
    const parts: string[] = []
    for (let at = 0; at < count && this.#left > 0; at++) parts.push(this.#selection(type, depth))
    return `{ ${parts.join(' ') || '__typename'} }`
  }

  #selection(type: GraphQLCompositeType, depth: number): string {
    this.#left -= 1
    const kind = this.#random.below(10)
    if (kind < 2) return this.#spread(type, depth)
    if (kind < 4 || (isUnionType(type) && kind < 9)) {
      const on = this.#conditionFor(type)
      const condition = on === type && this.#random.below(2) === 0 ? '' : ` on ${on.name}`
      return `...${condition}${this.#directives()} ${this.selections(on, depth)}`
    }
    return this.#field(type, depth)
  }

  /** A type for a fragment inside a selection of `type`. */
  #conditionFor(type: GraphQLCompositeType): GraphQLCompositeType {
    if (isAbstractType(type)) return this.#random.pick([type, ...this.#schema.getPossibleTypes(type)])
    const interfaces = isObjectType(type) ? type.getInterfaces() : []
    return this.#random.pick([type, type, ...interfaces])
  }

  #spread(type: GraphQLCompositeType, depth: number): string {
    const on = this.#conditionFor(type)
    const known = this.#random.maybe(this.#fragments.filter(fragment => fragment.type === on.name))
    const mayAdd = this.#fragments.length < MOST_FRAGMENTS && (known === null || this.#random.below(3) === 0)
    if (!mayAdd && known === null) return '__typename'
    const name = mayAdd || known === null ? this.#newFragment(on, depth) : known.name
    return `...${name}${this.#directives()}`
  }

  #newFragment(type: GraphQLCompositeType, depth: number): string {
    // Written before the fragment exists: it may only spread existing fragments, so none spreads itself.
    const text = this.selections(type, depth)
    const name = `F${this.#fragments.length}`
    this.#fragments.push({ name, type: type.name, text })
    return name
  }

  #field(type: GraphQLCompositeType, depth: number): string {
    const fields = isUnionType(type) ? [] : Object.values(type.getFields())
    const usable = fields.filter(({ type: result }) => depth > 0 || !isCompositeType(getNamedType(result)))
    const field = this.#random.maybe(usable)
    if (field === null || this.#random.below(12) === 0) return `__typename${this.#directives()}`
    const { text, result } = this.#head(type, field)
    const set = isCompositeType(result) ? ` ${this.selections(result, depth - 1)}` : ''
    return `${text}${this.#directives()}${set}`
  }

  #head(type: GraphQLCompositeType, field: GraphQLField<unknown, unknown>): FieldHead {
    const alias = this.#random.pick([...Array<string>(6).fill(''), `${field.name}_b`, `b_${field.name}`, 'z'])
    const key = `${type.name} ${alias || field.name}`
    const known = this.#heads.get(key)
    if (known !== undefined) return known
    const given = field.args.flatMap(argument => this.#argument(argument))
    const text = `${alias && `${alias}: `}${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}`
    const head = { text, result: getNamedType(field.type) }
    this.#heads.set(key, head)
    return head
  }

  #argument({ name, type, defaultValue, ...argument }: GraphQLArgument): readonly string[] {
    const isRequired = isRequiredArgument({ name, type, defaultValue, ...argument })
    const way = this.#random.below(4)
    if (!isRequired && way < 1) return []
    const value = randomValue(type, this.#random)
    if (value === null) return []
    if (way < 2) return [`${name}: ${value.literal}`]
    const other = randomValue(type, this.#random) ?? value
    const variable = `v${this.variables.length}`
    const hasDefault = this.#random.below(2) === 0
    const values = [
      value.json,
      other.json,
      ...(hasDefault || !isNonNullType(type) ? [undefined] : []),
      ...(isNonNullType(type) ? [] : [null]),
    ]
    const definition = `$${variable}: ${type}${hasDefault ? ` = ${other.literal}` : ''}`
    this.variables.push({ name: variable, definition, values })
    return [`${name}: $${variable}`]
  }

  #directives(): string {
    return this.#random.pick([
      ...Array<string>(14).fill(''),
      ...[' @include(if: $x)', ' @skip(if: $x)', ' @include(if: $y)', ' @skip(if: $d)', ' @include(if: $d)'],
      ...[' @include(if: $n)', ' @include(if: true)', ' @skip(if: true)', ' @include(if: $y) @skip(if: $x)'],
    ])
  }
}

/** Writes a random subscription, dense in fragments, conditions, variables and merging fields. It may be invalid. */
export const randomSubscription = (
  schema: GraphQLSchema,
  random: Random,
  root: { readonly field: string; readonly given: string },
): RandomSubscription => {
  const type = getNamedType(schema.getSubscriptionType()?.getFields()[root.field]?.type)
  if (!isCompositeType(type)) throw new Error(`no subscription ${root.field}`)
  const writer = new Writer(schema, random)
  const field = () => `${root.field}${root.given} ${writer.selections(type, 4)}`
  const selections = random.below(4) === 0 ? `${field()} ... on Subscription { ${field()} }` : field()
  const definitions = writer.variables.map(({ definition }) => definition).join(', ')
  const source = `subscription (${definitions}) { ${selections} } ${writer.fragments}`
  const values = () =>
    Object.fromEntries(
      writer.variables.flatMap(({ name, values: given }) => {
        const value = random.pick([...given, given[0]].map(each => ({ each }))).each
        return value === undefined ? [] : [[name, value]]
      }),
    )
  return { source, variables: [values(), values()] }
}
