import {
  type GraphQLArgument,
  type GraphQLInputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql'

/** Names that exist in the test cluster. */
export interface Existing {
  readonly topic: string
  readonly groupId: string
  readonly nodeId: string
}

const BY_TYPE: Readonly<Record<string, unknown>> = {
  Boolean: true,
  Bytes: 'AAAA',
  Cursor: 'AAAA',
  DateTime: '2026-01-01T00:00:00Z',
  Duration: 'PT1S',
  Float: 1,
  ID: 'AAAA',
  Int: 0,
  JSON: {},
  Long: '0',
  Password: 'secret-of-nobody',
  String: 'worst',
  UUID: '00000000-0000-0000-0000-000000000000',
}

const byName = (name: string, { topic, groupId, nodeId }: Existing): unknown => {
  if (name === 'topic' || name === 'name') return topic
  if (name === 'topics') return [topic]
  if (name === 'groupId' || name === 'group') return groupId
  if (name === 'groupIds') return [groupId]
  if (name === 'id') return nodeId
  if (name === 'ids') return [nodeId]
  return undefined
}

/** A small value of `type`, as JSON, that the server accepts or at least examines. */
export const sampleOf = (name: string, type: GraphQLInputType, existing: Existing): unknown => {
  const nullable = getNullableType(type)
  const known = byName(name, existing)
  if (isListType(nullable)) {
    return Array.isArray(known) ? known : [sampleOf(name, nullable.ofType, existing)]
  }
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name
  if (!isInputObjectType(nullable)) return typeof known === 'string' ? known : BY_TYPE[nullable.name]
  const fields = Object.values(nullable.getFields())
  const needed = nullable.isOneOf ? fields.slice(0, 1) : fields.filter(isRequiredInputField)
  return Object.fromEntries(needed.map(field => [field.name, sampleOf(field.name, field.type, existing)]))
}

/** Values for the required arguments of a field. */
export const requiredSamples = (
  args: readonly GraphQLArgument[],
  existing: Existing,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(args.filter(isRequiredArgument).map(({ name, type }) => [name, sampleOf(name, type, existing)]))
