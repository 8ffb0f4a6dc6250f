import { isTooDeep, MAX_JSON_DEPTH } from '../../../kafka/payload/json-depth.ts'
import { shown } from '../../../kafka/text.ts'
import { SchemaProblem, type SchemaText } from '../../schema-codec.ts'

/** A schema that is an object; the others are true and false. */
export type SchemaNode = Readonly<Record<string, unknown>>

export const isSchemaNode = (value: unknown): value is SchemaNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The schema and its references together. */
const MAX_CHARACTERS = 1_048_576
/** The keys of anchors are as long as the identifier around them, so long identifiers would multiply the schema. */
const MAX_IDENTIFIER = 2000
/** A base for names without a host. */
const BASE = 'registry:///'
/** Values, not schemas: what looks like an identifier in them is none. */
const VALUES: ReadonlySet<string> = new Set(['enum', 'const', 'default', 'examples'])
const OLD_DRAFT = /draft-0[3-7]/

const parsed = (text: string): unknown => {
  if (isTooDeep(text)) throw new SchemaProblem(`the schema is nested deeper than ${MAX_JSON_DEPTH} levels`)
  try {
    return JSON.parse(text)
  } catch (thrown) {
    throw new SchemaProblem(`the schema is not JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
  }
}

const absolute = (uri: string, base: string): string => {
  try {
    return new URL(uri, base).href
  } catch {
    return uri
  }
}

/** The absolute name of a schema. @throws SchemaProblem if it is too long */
const identifier = (uri: string, base: string): string => {
  const found = absolute(uri, base)
  if (found.length <= MAX_IDENTIFIER) return found
  throw new SchemaProblem(`the identifier ${shown(uri)} of a schema has more than ${MAX_IDENTIFIER} characters`)
}

const withoutFragment = (uri: string): string => uri.replace(/#.*$/s, '')

interface Waiting {
  readonly node: unknown
  readonly base: string
}

/** A schema with its references. `$ref` finds its target among them and nowhere else. */
export class SchemaDocuments {
  readonly root: unknown
  /** Schemas by their identifiers, and by the names of the references. */
  readonly #resources = new Map<string, unknown>()
  readonly #anchors = new Map<string, unknown>()
  readonly #bases = new Map<object, string>()
  readonly #old = new Set<object>()
  readonly #found = new Map<string, unknown>()

  /** @throws SchemaProblem for a text that is not JSON or is too large */
  constructor({ schema, references }: SchemaText) {
    const characters = references.reduce((sum, one) => sum + one.schema.length, schema.length)
    if (characters > MAX_CHARACTERS)
      throw new SchemaProblem(`the schema and its references have more than ${MAX_CHARACTERS} characters`)
    this.root = parsed(schema)
    const draft = draftOf(this.root)
    for (const one of references) {
      const document = parsed(one.schema)
      this.#resources.set(one.name, document)
      this.#add(document, identifier(one.name, BASE), draftOf(document) || draft)
    }
    this.#add(this.root, BASE, draft)
  }

  /** True if only `$ref` counts of a schema that has it: up to draft 7. */
  hidesSiblings(node: SchemaNode): boolean {
    return this.#old.has(node)
  }

  /** The schema that a reference names. @throws SchemaProblem if there is none */
  resolve(node: SchemaNode, reference: string): unknown {
    const base = this.#bases.get(node) ?? BASE
    const key = `${base} ${reference}`
    if (!this.#found.has(key)) this.#found.set(key, this.#find(base, reference))
    return this.#found.get(key)
  }

  #find(base: string, reference: string): unknown {
    const uri = absolute(reference, base)
    const fragment = /#(.*)$/s.exec(reference)?.[1] ?? ''
    const anchored = this.#anchors.get(uri)
    if (anchored !== undefined) return anchored
    const own = withoutFragment(reference)
    const document = this.#resources.get(withoutFragment(uri)) ?? this.#resources.get(own)
    const target = fragment === '' ? document : pointed(document, fragment)
    if (target !== undefined) return target
    throw new SchemaProblem(`the schema refers to ${shown(reference)}, which is neither in it nor among its references`)
  }

  /** Notes identifiers, anchors and bases of a document, without recursion. */
  #add(document: unknown, outer: string, draft: string): void {
    const isOld = OLD_DRAFT.test(draft)
    const idName = /draft-0[34]/.test(draft) ? 'id' : '$id'
    this.#resources.set(withoutFragment(outer), document)
    const waiting: Waiting[] = [{ node: document, base: outer }]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { node, base } = next
      if (Array.isArray(node)) for (const item of node) waiting.push({ node: item, base })
      if (!isSchemaNode(node)) continue
      const hidesSiblings = isOld && Object.hasOwn(node, '$ref')
      const within = hidesSiblings ? base : this.#identify(node, base, idName)
      this.#bases.set(node, within)
      if (hidesSiblings) this.#old.add(node)
      for (const [name, value] of Object.entries(node))
        if (typeof value === 'object' && !VALUES.has(name)) waiting.push({ node: value, base: within })
    }
  }

  /** Notes what a schema is called. Returns the base of the references in it. */
  #identify(node: SchemaNode, outer: string, idName: string): string {
    const id = Object.hasOwn(node, idName) ? node[idName] : undefined
    let base = outer
    if (typeof id === 'string' && id.startsWith('#')) this.#anchors.set(identifier(id, outer), node)
    else if (typeof id === 'string') {
      base = withoutFragment(identifier(id, outer))
      this.#resources.set(base, node)
    }
    for (const name of ['$anchor', '$dynamicAnchor']) {
      const anchor = Object.hasOwn(node, name) ? node[name] : undefined
      if (typeof anchor === 'string') this.#anchors.set(identifier(`#${anchor}`, base), node)
    }
    return base
  }
}

const draftOf = (document: unknown): string => {
  const name = isSchemaNode(document) && Object.hasOwn(document, '$schema') ? document.$schema : ''
  return typeof name === 'string' ? name : ''
}

const decodedToken = (token: string): string => {
  const text = token.replaceAll('~1', '/').replaceAll('~0', '~')
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** What a JSON pointer such as `/definitions/address` points at. */
const pointed = (document: unknown, fragment: string): unknown => {
  if (!fragment.startsWith('/')) return undefined
  let found = document
  for (const token of fragment.slice(1).split('/')) {
    const name = decodedToken(token)
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined
    found = Reflect.get(found, name)
  }
  return found
}
