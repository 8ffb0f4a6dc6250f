import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import type { RegisteredSchema, SchemaReference } from '../../../kafka/schemas.ts'
import type { SchemaText } from '../../schema-codec.ts'

/** The most that one schema and its references may come to. */
const LIMITS = { references: 200, depth: 32, characters: 2_097_152 } as const

/** Fetches the schema of a version. */
export type FetchVersion = (subject: string, version: number) => Promise<RegisteredSchema>

const refused = (why: string): KafkaError => new KafkaError('INVALID_SCHEMA', why)

/** The context that a name begins with, such as `.staging` in `:.staging:orders-value`; undefined for the default one. */
export const contextOf = (subject: string): string | undefined => /^:(\.[^:]+):/.exec(subject)?.[1]

/** References name subjects of their own context. */
const inContext = (subject: string, context: string | undefined): string =>
  context === undefined || subject.startsWith(':') ? subject : `:${context}:${subject}`

/** Collects texts from the inside out. Each walk has its own limits. */
class ReferenceWalk {
  readonly texts: { readonly name: string; readonly schema: string }[] = []
  readonly #fetch: FetchVersion
  readonly #context: string | undefined
  readonly #done = new Set<string>()
  readonly #open = new Set<string>()
  #characters = 0

  constructor(fetch: FetchVersion, context: string | undefined) {
    this.#fetch = fetch
    this.#context = context
  }

  async visit({ schema, references }: RegisteredSchema, depth = 0): Promise<void> {
    this.#characters += schema.length
    if (this.#characters > LIMITS.characters)
      throw refused(`it and its references have more than ${LIMITS.characters} characters`)
    if (references.length > 0 && depth >= LIMITS.depth)
      throw refused(`its references are nested more than ${LIMITS.depth} deep`)
    for (const reference of references) await this.#follow(reference, depth)
  }

  async #follow({ name, subject, version }: SchemaReference, depth: number): Promise<void> {
    const place = JSON.stringify([inContext(subject, this.#context), version])
    const key = JSON.stringify([name, place])
    if (this.#open.has(place)) throw refused(`its references form a circle through ${subject} version ${version}`)
    if (this.#done.has(key)) return
    this.#done.add(key)
    if (this.#done.size > LIMITS.references) throw refused(`it refers to more than ${LIMITS.references} schemas`)
    const schema = await this.#fetch(inContext(subject, this.#context), version)
    this.#open.add(place)
    await this.visit(schema, depth + 1)
    this.#open.delete(place)
    this.texts.push({ name, schema: schema.schema })
  }
}

/** The text of a schema with those of all its references. @throws KafkaError INVALID_SCHEMA for a circle or too many references */
export const resolveReferences = async (
  schema: RegisteredSchema,
  fetch: FetchVersion,
  context?: string,
): Promise<SchemaText> => {
  const walk = new ReferenceWalk(fetch, context)
  await walk.visit(schema)
  return { schemaType: schema.schemaType, schema: schema.schema, references: walk.texts }
}
