import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'

/** A place in the schema where a client passes a scalar or an enum value, and an operation that passes it. */
export interface InputPlace {
  /** For example `Mutation.createTopics(topics.configs.name)`. */
  readonly name: string
  /** The name of the scalar or enum. */
  readonly type: string
  readonly isSubscription: boolean
  readonly query: string
  /** The variables of the operation with this value at that place, and valid values everywhere else. */
  variablesWith(value: unknown): Readonly<Record<string, unknown>>
}

/** Names of existing things for the operations. */
export interface KnownNames {
  readonly topic: string
  readonly groupId: string
}

/** Enum values that have one meaning only. */
const PLAIN = [
  'TOPIC',
  'LITERAL',
  'READ',
  'ALLOW',
  'SCRAM_SHA_256',
  'USER',
  'SET',
  'PREFERRED',
  'NAME',
  'GROUP_ID',
  'ASC',
]
/** Optional fields that are needed for a value beside them to reach Kafka. */
const NEEDED: ReadonlySet<string> = new Set([
  ...['AlterConfigOpInput.value', 'ClientQuotaAlterationInput.set', 'QuotaEntityInput.name', 'ConfigMatch.value'],
  ...['PayloadInput.string', 'MessagePosition.lastPerPartition'],
])
/** Arguments of which one is required although each is optional. */
const NEEDED_ARGUMENTS: ReadonlySet<string> = new Set(['resetConsumerGroupOffsets.to', 'hangingTransactions.topic'])

const NUMBERS: Readonly<Record<string, number>> = {
  iterations: 4096,
  totalCount: 2,
  numPartitions: 1,
  replicationFactor: 1,
}
const TEXTS: Readonly<Record<string, string>> = {
  ...{
    principal: 'User:odd',
    host: '*',
    user: 'odd',
    transactionalId: 'odd',
    key: 'producer_byte_rate',
    value: '1000',
  },
}
const SCALARS: Readonly<Record<string, unknown>> = {
  ...{
    Float: 1000,
    Boolean: true,
    ID: 'x',
    Cursor: 'x',
    Duration: 'PT1S',
    DateTime: '2025-01-31T09:30:00Z',
    Long: '1',
  },
  ...{ Bytes: 'YQ==', Password: 'secret', JSON: {} },
}

/** The path to a field of a type that is not a root. */
const entrances = ({ topic, groupId }: KnownNames): Readonly<Record<string, (field: string) => string>> => {
  const group = (type: string) => (field: string) =>
    `consumerGroup(groupId: ${JSON.stringify(groupId)}) { ... on ${type} { ${field} } }`
  const ofTopic = (field: string) => `topic(name: "${topic}") { ${field} }`
  return {
    Cluster: field => `cluster { ${field} }`,
    Broker: field => `cluster { brokers { ${field} } }`,
    LogDir: field => `cluster { brokers { logDirs { ${field} } } }`,
    Topic: ofTopic,
    Partition: field => ofTopic(`partition(id: 0) { ${field} }`),
    ConsumerGroup: group('ConsumerGroup'),
    ShareGroup: group('ShareGroup'),
    StreamsGroup: group('StreamsGroup'),
    ConfigResource: field => `configResources(type: BROKER) { nodes { ${field} } }`,
    Message: field => `messages(topic: "${topic}", from: { earliest: true }) { ${field} }`,
    MessagePayload: field => `messages(topic: "${topic}", from: { earliest: true }) { value { ${field} } }`,
    SchemaRegistry: field => `cluster { schemaRegistry { ${field} } }`,
  }
}

type Path = readonly string[]

/** A valid value of an input, with `value` at the end of `path` if there is one. */
const inputWith = (
  type: GraphQLInputType,
  name: string,
  names: KnownNames,
  at?: { readonly path: Path; readonly value: unknown },
): unknown => {
  const nullable = getNullableType(type)
  if (isListType(nullable)) return [inputWith(nullable.ofType, name, names, at)]
  if (!isInputObjectType(nullable)) return at ? at.value : soundLeaf(getNamedType(type), name, names)
  const [next, ...path] = at?.path ?? []
  const fields = Object.values(nullable.getFields()).filter(field => {
    if (nullable.isOneOf && next !== undefined) return field.name === next
    const isNeeded = isNonNullType(field.type) && field.defaultValue === undefined
    return field.name === next || isNeeded || NEEDED.has(`${nullable.name}.${field.name}`)
  })
  return Object.fromEntries(
    fields.map(field => [
      field.name,
      inputWith(field.type, field.name, names, at && field.name === next ? { path, value: at.value } : undefined),
    ]),
  )
}

const soundLeaf = (type: GraphQLNamedInputType, name: string, { topic, groupId }: KnownNames): unknown => {
  if (isEnumType(type)) {
    const all = type.getValues().map(each => each.name)
    return PLAIN.find(plain => all.includes(plain)) ?? all.find(each => each !== 'UNKNOWN' && each !== 'ANY')
  }
  if (type.name === 'Int') return NUMBERS[name] ?? 0
  if (type.name !== 'String') return SCALARS[type.name]
  return TEXTS[name] ?? (name.startsWith('group') ? groupId : topic)
}

/** The paths of all leaves of an input. An input that contains itself is not entered twice. */
const leavesOf = (
  type: GraphQLInputType,
  seen: Path = [],
): readonly { readonly path: Path; readonly type: string }[] => {
  const named = getNamedType(type)
  if (!isInputObjectType(named)) return [{ path: [], type: named.name }]
  if (seen.includes(named.name)) return []
  return Object.values(named.getFields()).flatMap(field =>
    leavesOf(field.type, [...seen, named.name]).map(leaf => ({ ...leaf, path: [field.name, ...leaf.path] })),
  )
}

const selectionOf = ({ type }: GraphQLField<unknown, unknown>): string => {
  const named = getNamedType(type)
  if (!isCompositeType(named)) return ''
  const isPayload = isObjectType(named) && named.getInterfaces().some(({ name }) => name === 'MutationPayload')
  return isPayload ? '{ errors { code message path } }' : '{ __typename }'
}

const placesOf = (
  parent: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  names: KnownNames,
): readonly InputPlace[] =>
  field.args.flatMap(argument =>
    leavesOf(argument.type).map(({ path, type }): InputPlace => {
      const args = field.args.filter(
        one =>
          one === argument ||
          (isNonNullType(one.type) && one.defaultValue === undefined) ||
          NEEDED_ARGUMENTS.has(`${field.name}.${one.name}`),
      )
      const isRoot = ['Query', 'Mutation', 'Subscription'].includes(parent.name)
      const isSubscription = ['Subscription', 'Message', 'MessagePayload'].includes(parent.name)
      const given = args.map(one => `${one.name}: $${one.name}`).join(', ')
      const call = `${field.name}(${given}) ${selectionOf(field)}`
      const enter = isRoot ? (text: string) => text : entrances(names)[parent.name]
      if (enter === undefined) throw new Error(`say in entrances() how to come to ${parent.name}.${field.name}`)
      const kind = isSubscription ? 'subscription' : parent.name === 'Mutation' ? 'mutation' : 'query'
      const definitions = args.map(one => `$${one.name}: ${one.type}`).join(', ')
      return {
        name: `${parent.name}.${field.name}(${[argument.name, ...path].join('.')})`,
        type,
        isSubscription,
        query: `${kind} (${definitions}) { ${enter(call)} }`,
        variablesWith: value =>
          Object.fromEntries(
            args.map(one => [
              one.name,
              inputWith(one.type, one.name, names, one === argument ? { path, value } : undefined),
            ]),
          ),
      }
    }),
  )

/** Every place of the schema where a client passes a value. */
export const inputPlaces = (schema: GraphQLSchema, names: KnownNames): readonly InputPlace[] =>
  Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap(type => Object.values(type.getFields()).flatMap(field => placesOf(type, field, names)))

/** True for scalars that take text. */
export const takesText = ({ type }: InputPlace): boolean => ['String', 'ID', 'Cursor', 'Password'].includes(type)
