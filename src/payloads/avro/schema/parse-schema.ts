import { SchemaProblem, type SchemaText } from '../../schema-codec.ts'
import {
  type AvroType,
  branchName,
  type NamedType,
  PRIMITIVES,
  type Primitive,
  type RecordField,
  type RecordType,
} from './avro-type.ts'
import { isJsonObject, type JsonObject, shown } from './json-object.ts'
import { logicalOfFixed, logicalOfPrimitive } from './parse-logical.ts'

/** The most that a schema may be, with all schemas that it refers to. */
export const SCHEMA_LIMITS = { bytes: 4_194_304, depth: 64, types: 20_000 } as const

/** Where a type is: the namespace for names in it, its place for messages, and its depth. */
interface Place {
  readonly namespace: string
  readonly owner: string
  readonly depth: number
}

const isPrimitive = (name: string): name is Primitive => PRIMITIVES.some(primitive => primitive === name)

const qualified = (name: string, namespace: string): string =>
  name.includes('.') || namespace === '' ? name : `${namespace}.${name}`

/** The namespace of a full name. */
const namespaceOf = (name: string): string => name.slice(0, Math.max(name.lastIndexOf('.'), 0))

const firstTwice = (texts: readonly string[]): string | undefined => {
  const seen = new Set<string>()
  return texts.find(text => seen.size === seen.add(text).size)
}

/** Parses texts that share their named types. Names need no valid identifier: nothing is generated from them. */
class SchemaParser {
  readonly #named = new Map<string, NamedType>()
  #types = 0

  parse(text: string): AvroType {
    let json: unknown
    try {
      json = JSON.parse(text)
    } catch {
      throw new SchemaProblem('the schema is not valid JSON')
    }
    return this.#type(json, { namespace: '', owner: 'the schema', depth: 0 })
  }

  #type(json: unknown, place: Place): AvroType {
    if (++this.#types > SCHEMA_LIMITS.types)
      throw new SchemaProblem(`more than ${SCHEMA_LIMITS.types} types, with those of its references`)
    if (place.depth > SCHEMA_LIMITS.depth)
      throw new SchemaProblem(`types nested deeper than ${SCHEMA_LIMITS.depth} levels`)
    const inner = { ...place, depth: place.depth + 1 }
    if (typeof json === 'string') return this.#byName(json, place)
    if (Array.isArray(json)) return this.#union(json, inner)
    if (isJsonObject(json)) return this.#definition(json, inner)
    throw new SchemaProblem(`${place.owner} has no type: expected a name, an object or a list`)
  }

  #byName(name: string, { namespace, owner }: Place): AvroType {
    if (isPrimitive(name)) return { kind: 'primitive', type: name, logical: null }
    const found = this.#named.get(qualified(name, namespace)) ?? this.#named.get(name)
    if (found === undefined) throw new SchemaProblem(`unknown type ${shown(qualified(name, namespace))} in ${owner}`)
    return found
  }

  #union(json: readonly unknown[], place: Place): AvroType {
    const branches = json.map(branch => this.#type(branch, place))
    if (branches.some(({ kind }) => kind === 'union'))
      throw new SchemaProblem(`a union inside a union in ${place.owner}`)
    const twice = firstTwice(branches.map(branchName))
    if (twice !== undefined) throw new SchemaProblem(`a union with two branches ${shown(twice)} in ${place.owner}`)
    return { kind: 'union', branches }
  }

  #definition(json: JsonObject, place: Place): AvroType {
    const { type } = json
    if (typeof type !== 'string') return this.#type(type, place)
    if (isPrimitive(type)) return { kind: 'primitive', type, logical: logicalOfPrimitive(type, json) }
    switch (type) {
      case 'record':
      case 'error':
        return this.#record(json, place)
      case 'enum':
        return this.#enum(json, place)
      case 'fixed':
        return this.#fixed(json, place)
      case 'array':
        return { kind: 'array', items: this.#type(json.items, place) }
      case 'map':
        return { kind: 'map', values: this.#type(json.values, place) }
      default:
        return this.#byName(type, place)
    }
  }

  /** The full name of a new type. */
  #nameOf(json: JsonObject, { namespace, owner }: Place): string {
    const { name } = json
    if (typeof name !== 'string' || name === '') throw new SchemaProblem(`a type without a name in ${owner}`)
    const full = qualified(name, typeof json.namespace === 'string' ? json.namespace : namespace)
    if (isPrimitive(full)) throw new SchemaProblem(`a type cannot have the name ${full}`)
    if (this.#named.has(full)) throw new SchemaProblem(`the type ${shown(full)} is defined twice`)
    return full
  }

  #record(json: JsonObject, place: Place): AvroType {
    const name = this.#nameOf(json, place)
    const record: RecordType = { kind: 'record', name, fields: [] }
    this.#named.set(name, record)
    if (!Array.isArray(json.fields)) throw new SchemaProblem(`the record ${shown(name)} has no list of fields`)
    const fields: readonly unknown[] = json.fields
    record.fields = fields.map(field => this.#field(field, name, place.depth))
    const twice = firstTwice(record.fields.map(field => field.name))
    if (twice !== undefined) throw new SchemaProblem(`the record ${shown(name)} has two fields ${shown(twice)}`)
    return record
  }

  #field(json: unknown, record: string, depth: number): RecordField {
    if (!isJsonObject(json) || typeof json.name !== 'string' || json.name === '')
      throw new SchemaProblem(`the record ${shown(record)} has a field without a name`)
    const { name } = json
    const place = { namespace: namespaceOf(record), owner: `the field ${shown(`${record}.${name}`)}`, depth }
    const type = this.#type(json.type, place)
    return { name, type, fallback: Object.hasOwn(json, 'default') ? { json: json.default } : null }
  }

  #enum(json: JsonObject, place: Place): AvroType {
    const name = this.#nameOf(json, place)
    const list: readonly unknown[] = Array.isArray(json.symbols) ? json.symbols : []
    const symbols = list.filter(symbol => typeof symbol === 'string')
    if (symbols.length === 0 || symbols.length < list.length)
      throw new SchemaProblem(`the enum ${shown(name)} has no list of symbols`)
    const twice = firstTwice(symbols)
    if (twice !== undefined) throw new SchemaProblem(`the enum ${shown(name)} has two symbols ${shown(twice)}`)
    return this.#register({ kind: 'enum', name, symbols })
  }

  #fixed(json: JsonObject, place: Place): AvroType {
    const name = this.#nameOf(json, place)
    const { size } = json
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
      throw new SchemaProblem(`the fixed type ${shown(name)} has no size`)
    return this.#register({ kind: 'fixed', name, size, logical: logicalOfFixed(size, json) })
  }

  #register(type: NamedType): NamedType {
    this.#named.set(type.name, type)
    return type
  }
}

/** Parses a schema and the schemas that it refers to. @throws SchemaProblem */
export const parseSchema = ({ schema, references }: SchemaText): AvroType => {
  const texts = new Set(references.map(reference => reference.schema))
  let left: number = SCHEMA_LIMITS.bytes - schema.length
  for (const text of texts) left -= text.length
  if (left < 0) throw new SchemaProblem(`more than ${SCHEMA_LIMITS.bytes} characters, with its references`)
  const parser = new SchemaParser()
  // Several paths of references may lead to the same schema.
  for (const text of texts) parser.parse(text)
  return parser.parse(schema)
}
