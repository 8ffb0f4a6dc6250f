import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import type { Call } from '../../../kafka/ports/call.ts'
import type { SchemaRegistry } from '../../../kafka/ports/schema-registry.ts'
import type { NewSchema, SchemaVersion, SubjectVersion } from '../../../kafka/schemas.ts'
import {
  deletedVersionIn,
  registeredIn,
  schemaIn,
  schemaVersionIn,
  usesIn,
  versionNumbersIn,
} from '../answers/answers.ts'
import type { RegistryClient } from '../client/registry-client.ts'
import { subjectPart } from '../client/registry-path.ts'
import { isNumber } from '../is-number.ts'
import { bodyOf, isNotFound, orAbsent } from './requests.ts'

type Changes = Pick<SchemaRegistry, 'registerSchema' | 'deleteSubject' | 'deleteVersion'>

const PERMANENT = { permanent: 'true' } as const

/** Finds the version that a registered schema has, where the registry answered only with the schema's id. */
const versionOf = async (
  client: RegistryClient,
  call: Call,
  subject: string,
  schemaId: number,
): Promise<SchemaVersion> => {
  const [schema, uses] = await Promise.all([
    client.send(call, { path: `/schemas/ids/${schemaId}` }),
    client.send(call, { path: `/schemas/ids/${schemaId}/versions` }),
  ])
  const own = usesIn(uses).filter(use => use.subject === subject)
  const newest = own.reduce<SubjectVersion | null>((a, b) => (a === null || b.version > a.version ? b : a), null)
  if (newest === null)
    throw new KafkaError(
      'SCHEMA_VERSION_NOT_FOUND',
      `the schema was registered as ${schemaId}, but ${subject} does not list it`,
    )
  return { ...newest, schema: schemaIn(schema, schemaId) }
}

const register = async (
  client: RegistryClient,
  call: Call,
  subject: string,
  schema: NewSchema,
): Promise<SchemaVersion> => {
  const path = `/subjects/${subjectPart(subject)}`
  const body = bodyOf(schema)
  const { id } = registeredIn(
    await client.send(call, { method: 'POST', path: `${path}/versions`, body, isChange: true }),
  )
  // Finds the version by the text. A registry that has changed the text finds none.
  const found = await orAbsent(client.send(call, { method: 'POST', path, body }), null)
  if (found === null) return versionOf(client, call, subject, id)
  const { schema: described, ...version } = schemaVersionIn(found)
  return { ...version, schema: { ...described, schemaId: id, schemaType: schema.schemaType } }
}

/** Deletes softly what will be deleted for good. That has been done already if the registry does not find it any more. */
const deleteSoftly = async (client: RegistryClient, call: Call, path: string) => {
  try {
    return await client.send(call, { method: 'DELETE', path, isChange: true })
  } catch (thrown) {
    if (isNotFound(thrown)) return null
    throw thrown
  }
}

/** Deletes what the path names. @throws KafkaError if there is nothing to delete */
const deleteAt = async (client: RegistryClient, call: Call, path: string, permanent: boolean) => {
  const request = { method: 'DELETE', path, isChange: true } as const
  if (!permanent) return client.send(call, request)
  await deleteSoftly(client, call, path)
  return client.send(call, { ...request, query: PERMANENT })
}

/** The methods of the port that change subjects. Each request is sent once. */
export const createChanges = (client: RegistryClient): Changes => ({
  registerSchema: (call, subject, schema) => register(client, call, subject, schema),
  deleteSubject: async (call, subject, { permanent }) =>
    versionNumbersIn(await deleteAt(client, call, `/subjects/${subjectPart(subject)}`, permanent)),
  deleteVersion: async (call, { subject, version }, { permanent }) => {
    if (!isNumber(version))
      throw new KafkaError('INVALID_SCHEMA_VERSION', `the number of a version is 1 or more, not ${version}`)
    const path = `/subjects/${subjectPart(subject)}/versions/${version}`
    return deletedVersionIn(await deleteAt(client, call, path, permanent))
  },
})
