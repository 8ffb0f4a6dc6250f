import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requestsByHand } from '../../devops/worst/requests/by-hand.ts'
import { requestsFromSchema } from '../../devops/worst/requests/from-schema.ts'
import { DEFAULT_SIZES } from '../../devops/worst/requests/sizes.ts'
import type { WorstRequest } from '../../devops/worst/requests/worst-request.ts'
import { type KafkaStack, openKafkaStack } from '../../src/app/kafka-stack.ts'
import { PassQueue } from '../../src/async/pass-queue.ts'
import { readConfig } from '../../src/config/config.ts'
import { graphqlLimits } from '../../src/config/derived-limits.ts'
import { createContext } from '../../src/graphql/core/context.ts'
import { buildSchema } from '../../src/graphql/schema.ts'
import { silentLogger } from '../../src/kafka/logger.ts'
import { toTopicName } from '../../src/kafka/topic-name.ts'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { createPayloadReader } from '../../src/payloads/read/payload-reader.ts'
import { unconfiguredRegistry, unconfiguredSource } from '../../src/payloads/registry/unconfigured-registry.ts'
import { createPayloadWriter } from '../../src/payloads/write/create-payload-writer.ts'
import { createDocuments } from '../../src/server/pipeline/documents/documents.ts'
import { createToClientError } from '../../src/server/pipeline/errors/client-error.ts'
import { createAnswers } from '../../src/server/pipeline/execute/create-answers.ts'
import { testCall } from '../support/call.ts'
import { freshTopicName } from '../support/kafka.ts'
import { ownKafka } from '../support/local-kafka.ts'

/** Items that passes may look at, for each value of an answer; produced by `graphql/core/bounds/passes.ts`. */
const LOOKS_A_VALUE = 10
/** Errors of an answer, and characters of each: no error repeats what was sent. */
const [MAX_ERRORS, MAX_MESSAGE] = [1001, 2100]

const schema = buildSchema()
const config = readConfig([], { KAFKA_BROKERS: '127.0.0.1:9092' })
const limits = graphqlLimits(config)
const toClientError = createToClientError(silentLogger)
const answers = createAnswers({ schema, maxBytes: config.maxResponseBytes, toClientError })
const documents = createDocuments(
  schema,
  { maxDepth: config.maxQueryDepth, maxFields: config.maxQueryFields, maxTokens: config.maxQueryTokens },
  { maxEntries: 10, maxBytes: 1_000_000 },
)
const topic = freshTopicName('worst')
// The largest mutations are among them: a Kafka of its own, which nobody else reads from.
let kafka: LocalKafka
let stack: KafkaStack

beforeAll(async () => {
  kafka = await ownKafka({ nodes: 1 })
  stack = openKafkaStack(kafka.bootstrapServers.split(','), config, silentLogger)
  const wanted = {
    name: toTopicName(topic),
    numPartitions: 2,
    replicationFactor: 1,
    replicaAssignments: null,
    configs: [],
  }
  expect(await stack.ports.topicAdmin.createTopics(testCall, [wanted])).toMatchObject([{ name: topic }])
})
afterAll(async () => {
  await stack?.[Symbol.asyncDispose]()
  await kafka?.[Symbol.asyncDispose]()
})

/** What a request came to: why it was refused, and how much it took. */
const run = async ({ query, variables = {} }: WorstRequest) => {
  const { document, errors } = documents(query)
  if (document === undefined) return { refusals: errors.map(toClientError), bytes: 0, looks: 0, values: 0 }
  const contextValue = createContext({
    ports: {
      ...stack.ports,
      schemaRegistry: unconfiguredRegistry,
      payloadWriter: createPayloadWriter(unconfiguredSource),
    },
    payloads: createPayloadReader(),
    limits,
    passes: new PassQueue(),
  })()
  const answer = await answers.execute({ document, variableValues: variables, contextValue })
  const refusals = answer.errors.map(toClientError)
  const body = await answers.write(answer)
  answer.permit.giveBack()
  return {
    refusals,
    bytes: body.pieces === undefined ? Buffer.byteLength(body.text) : body.bytes,
    looks: contextValue.itemsLookedAt,
    values: contextValue.valuesTaken,
  }
}

/** What of a request is beyond the counted bounds; empty when it is refused or within all of them. */
const beyond = async (request: WorstRequest): Promise<readonly string[]> => {
  const { refusals, bytes, looks, values } = await run(request)
  const codes = new Set(refusals.map(({ extensions }) => extensions.code))
  const longest = Math.max(0, ...refusals.map(({ message }) => message.length))
  const isRefused = codes.has('RESPONSE_TOO_LARGE')
  return [
    codes.has('INTERNAL_SERVER_ERROR') && 'INTERNAL_SERVER_ERROR',
    longest > MAX_MESSAGE && `an error of ${longest} characters`,
    refusals.length > MAX_ERRORS && `${refusals.length} errors`,
    bytes > config.maxResponseBytes && `${bytes} bytes`,
    !isRefused && looks > LOOKS_A_VALUE * limits.answer.maxValues && `${looks} items looked at`,
    !isRefused && values > limits.answer.maxValues && `${values} values`,
  ].flatMap(problem => (problem === false ? [] : [`${request.name}: ${problem}`]))
}

const existing = { topic, groupId: 'worst', nodeId: Buffer.from(`Topic:${topic}`).toString('base64url') }
const payloads = { json: topic, nul: topic, text: topic, tiny: topic }
const requests = [
  ...requestsByHand(schema, payloads, DEFAULT_SIZES),
  ...requestsFromSchema(schema, existing, DEFAULT_SIZES),
]
const kinds = {
  'every field under as many aliases as pass': (name: string) => name.endsWith('aliases') && !name.includes('('),
  'every field of full pages under aliases': (name: string) => name.endsWith('full pages'),
  'every list and text of an argument at its largest': (name: string) => name.includes('('),
  introspection: (name: string) => name.startsWith('introspection'),
}

// `npm run worst` measures what these cost; here they are counted, so that a new field is bounded without anybody thinking of it.
describe('the largest requests that pass the limits are refused or stay within the counted bounds', () => {
  it.each(Object.entries(kinds))(
    '%s',
    async (_, isOfKind) => {
      const some = requests.filter(({ name, transport }) => transport === 'http' && isOfKind(name))
      expect(some.length).toBeGreaterThan(2)
      const problems: string[] = []
      for (const request of some) problems.push(...(await beyond(request)))
      expect(problems).toEqual([])
    },
    600_000,
  )
})
