import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import type { Call } from '../../../kafka/ports/call.ts'
import type { RegisteredSchema } from '../../../kafka/schemas.ts'
import { schemaIn, schemaVersionIn, searchedIdIn } from '../answers/answers.ts'
import type { RegistryClient } from '../client/registry-client.ts'
import { refusalOf } from '../client/registry-errors.ts'
import { subjectPart } from '../client/registry-path.ts'

const LANE = { lane: 'lookup' } as const
const HTTP_NOT_FOUND = 404

/** Fetches single schemas for decoders. Each rejects with SCHEMA_NOT_FOUND or a like error if there is none. */
export interface SchemaFetcher {
  byId(call: Call, id: number, context: string | undefined): Promise<RegisteredSchema>
  byGuid(call: Call, guid: string): Promise<RegisteredSchema>
  byVersion(call: Call, subject: string, version: number | 'latest'): Promise<RegisteredSchema>
  /** The id of the schema that a version of Apicurio has. */
  idOfGlobalId(call: Call, globalId: number): Promise<number>
}

/** Registries without GUIDs answer 404 without an error of their own. */
const byGuid = async (client: RegistryClient, call: Call, guid: string): Promise<RegisteredSchema> => {
  try {
    const found = schemaIn(await client.send(call, { ...LANE, path: `/schemas/guids/${guid}` }), null)
    return { ...found, guid }
  } catch (thrown) {
    if (refusalOf(thrown)?.status !== HTTP_NOT_FOUND) throw thrown
    throw new KafkaError('SCHEMA_NOT_FOUND', `no schema has the GUID ${guid}`, { cause: thrown })
  }
}

const idOfGlobalId = async (client: RegistryClient, call: Call, globalId: number): Promise<number> => {
  if (!client.isApicurio)
    throw new KafkaError(
      'SCHEMA_NOT_FOUND',
      `Apicurio's number ${globalId} can be looked up only if SCHEMA_REGISTRY_URL ends in /apis/ccompat/v7`,
    )
  const query = { globalId: String(globalId) }
  const id = searchedIdIn(await client.send(call, { ...LANE, isApicurio: true, path: '/search/versions', query }))
  if (id === null) throw new KafkaError('SCHEMA_NOT_FOUND', `no version has Apicurio's number ${globalId}`)
  return id
}

/** A fetcher over a client. */
export const createSchemaFetcher = (client: RegistryClient): SchemaFetcher => ({
  byId: async (call, id, context) => {
    const query = context === undefined ? {} : { subject: `:${context}:` }
    return schemaIn(await client.send(call, { ...LANE, path: `/schemas/ids/${id}`, query }), id)
  },
  byGuid: (call, guid) => byGuid(client, call, guid),
  byVersion: async (call, subject, version) => {
    const path = `/subjects/${subjectPart(subject)}/versions/${version}`
    // What refers to a version still does after its soft deletion.
    const query = version === 'latest' ? {} : { deleted: 'true' }
    return schemaVersionIn(await client.send(call, { ...LANE, path, query })).schema
  },
  idOfGlobalId: (call, globalId) => idOfGlobalId(client, call, globalId),
})
