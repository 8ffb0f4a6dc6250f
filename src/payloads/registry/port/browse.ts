import type { Call } from '../../../kafka/ports/call.ts'
import type { DeletedOption, SchemaRegistry } from '../../../kafka/ports/schema-registry.ts'
import { modeIn, schemaIn, schemaVersionIn, subjectsIn, usesIn, versionNumbersIn } from '../answers/answers.ts'
import type { RegistryClient } from '../client/registry-client.ts'
import { refusalOf } from '../client/registry-errors.ts'
import { subjectPart } from '../client/registry-path.ts'
import { isNumber } from '../is-number.ts'
import { DELETED, deletedQuery, orAbsent } from './requests.ts'

type Browse = Pick<
  SchemaRegistry,
  'listSubjects' | 'listVersions' | 'describeVersion' | 'describeSchema' | 'listUses' | 'mode'
>

/** Registries cut long lists at a round number and do not say so: Apicurio at 1,000, Confluent's at 20,000. */
const ROUND = 500
const MOST_PAGES = 1000
/** Confluent's registry lists only its default context unless it is asked for all of them. */
const ALL_CONTEXTS = ':*:'

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The subjects from an offset on. */
const subjectsFrom = async (
  client: RegistryClient,
  call: Call,
  offset: number,
  query: Readonly<Record<string, string>>,
): Promise<readonly string[]> => {
  const from = offset === 0 ? {} : { offset: String(offset) }
  return subjectsIn(await client.send(call, { path: '/subjects', query: { ...query, ...from } }))
}

const allSubjects = async (
  client: RegistryClient,
  call: Call,
  query: Readonly<Record<string, string>>,
): Promise<ReadonlySet<string>> => {
  const names = new Set<string>()
  for (let page = 0; page < MOST_PAGES; page++) {
    const before = names.size
    const more = await subjectsFrom(client, call, before, query)
    for (const name of more) names.add(name)
    // A registry that knows no offset answers the same page again.
    if (more.length === 0 || more.length % ROUND !== 0 || names.size === before) break
  }
  return names
}

const listSubjects = async (client: RegistryClient, call: Call, options: DeletedOption): Promise<readonly string[]> => {
  const query = deletedQuery(options)
  const everywhere = await allSubjects(client, call, { ...query, subjectPrefix: ALL_CONTEXTS })
  // A registry without contexts may take this for the beginning of a name, and find none.
  const names = everywhere.size > 0 ? everywhere : await allSubjects(client, call, query)
  return [...names].sort(inOrder)
}

/** Messages of a subscription ask for this: while the registry does not answer, only its next attempt makes a request. */
const listUses = async (client: RegistryClient, call: Call, schemaId: number) => {
  const { health } = client
  const { trouble } = health
  if (trouble !== null && !health.takeProbe()) throw trouble
  const answer = await orAbsent(client.send(call, { path: `/schemas/ids/${schemaId}/versions` }), null)
  return answer === null ? [] : usesIn(answer)
}

/** Registries without modes answer with one of these. */
const NO_MODES: readonly (number | undefined)[] = [404, 405, 501]

const mode = async (client: RegistryClient, call: Call): Promise<string | null> => {
  try {
    return modeIn(await client.send(call, { path: '/mode' }))
  } catch (thrown) {
    if (NO_MODES.includes(refusalOf(thrown)?.status)) return null
    throw thrown
  }
}

/** The methods of the port that only look. */
export const createBrowse = (client: RegistryClient): Browse => ({
  listSubjects: (call, options) => listSubjects(client, call, options),
  listVersions: async (call, subject, options) => {
    const path = `/subjects/${subjectPart(subject)}/versions`
    const answer = await orAbsent(client.send(call, { path, query: deletedQuery(options) }), null)
    return answer === null ? null : versionNumbersIn(answer).sort((a, b) => a - b)
  },
  describeVersion: async (call, subject, version) => {
    if (version !== 'latest' && !isNumber(version)) return null
    const path = `/subjects/${subjectPart(subject)}/versions/${version}`
    const query = version === 'latest' ? {} : DELETED
    const answer = await orAbsent(client.send(call, { path, query }), null)
    return answer === null ? null : schemaVersionIn(answer)
  },
  describeSchema: async (call, schemaId) => {
    if (!isNumber(schemaId)) return null
    const answer = await orAbsent(client.send(call, { path: `/schemas/ids/${schemaId}` }), null)
    return answer === null ? null : schemaIn(answer, schemaId)
  },
  listUses: async (call, schemaId) => (isNumber(schemaId) ? listUses(client, call, schemaId) : []),
  mode: call => mode(client, call),
})
