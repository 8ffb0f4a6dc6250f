import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import type { Call } from '../../../kafka/ports/call.ts'
import type { SchemaRegistry } from '../../../kafka/ports/schema-registry.ts'
import type { CompatibilityLevel, CompatibilityResult, NewSchema } from '../../../kafka/schemas.ts'
import { compatibilityIn, levelIn } from '../answers/answers.ts'
import { refusalReasonsIn } from '../answers/dry-run.ts'
import type { RegistryClient } from '../client/registry-client.ts'
import { refusalOf } from '../client/registry-errors.ts'
import { subjectPart } from '../client/registry-path.ts'
import { bodyOf, isNotFound, orAbsent } from './requests.ts'

type Compatibility = Pick<SchemaRegistry, 'compatibilityLevel' | 'checkCompatibility' | 'alterCompatibility'>

const levelOf = async (client: RegistryClient, call: Call, subject: string | null): Promise<CompatibilityLevel> => {
  const own =
    subject === null ? null : await orAbsent(client.send(call, { path: `/config/${subjectPart(subject)}` }), null)
  return levelIn(own ?? (await client.send(call, { path: '/config' })))
}

const CONTENT_TYPES = {
  AVRO: 'application/json',
  JSON: 'application/json',
  PROTOBUF: 'application/x-protobuf',
} as const

/** Apicurio's Confluent API gives no reasons. Its own API gives them when a version is registered, also on trial. */
const reasonsOfTrial = async (client: RegistryClient, call: Call, subject: string, schema: NewSchema) => {
  const references = schema.references.map(({ name, subject: artifactId, version }) => ({
    name,
    artifactId,
    version: String(version),
    groupId: 'default',
  }))
  const content = { content: schema.schema, contentType: CONTENT_TYPES[schema.schemaType], references }
  try {
    await client.send(call, {
      method: 'POST',
      isApicurio: true,
      path: `/groups/default/artifacts/${subjectPart(subject)}/versions`,
      query: { dryRun: 'true' },
      body: { content },
    })
    return []
  } catch (thrown) {
    const refusal = refusalOf(thrown)
    return refusal?.status === 409 ? refusalReasonsIn(refusal.body) : []
  }
}

/** Whether the subject has no versions yet. A version that is not found may also be that of a reference. */
const isNewSubject = (thrown: unknown, { references }: NewSchema): boolean =>
  isNotFound(thrown) &&
  (references.length === 0 || (thrown instanceof KafkaError && thrown.code === 'SUBJECT_NOT_FOUND'))

const check = async (
  client: RegistryClient,
  call: Call,
  subject: string,
  schema: NewSchema,
): Promise<CompatibilityResult> => {
  const asked = client.send(call, {
    method: 'POST',
    path: `/compatibility/subjects/${subjectPart(subject)}/versions`,
    query: { verbose: 'true' },
    body: bodyOf(schema),
  })
  const answer = await asked.catch((thrown: unknown) => {
    if (isNewSubject(thrown, schema)) return null
    throw thrown
  })
  if (answer === null) return { isCompatible: true, reasons: [] }
  const result = compatibilityIn(answer)
  if (result.isCompatible || result.reasons.length > 0 || !client.isApicurio) return result
  return { ...result, reasons: await reasonsOfTrial(client, call, subject, schema) }
}

/** The methods of the port that concern compatibility. */
export const createCompatibility = (client: RegistryClient): Compatibility => ({
  compatibilityLevel: (call, subject) => levelOf(client, call, subject),
  checkCompatibility: (call, subject, schema) => check(client, call, subject, schema),
  alterCompatibility: async (call, subject, level) => {
    const path = subject === null ? '/config' : `/config/${subjectPart(subject)}`
    return levelIn(await client.send(call, { method: 'PUT', path, body: { compatibility: level }, isChange: true }))
  },
})
