import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  parse,
  subscribe,
  validate,
} from 'graphql'
import { PassQueue } from '../../src/async/pass-queue.ts'
import { createContext, type OperationCaller } from '../../src/graphql/core/context.ts'
import type { GraphQLLimits } from '../../src/graphql/core/limits.ts'
import { buildSchema } from '../../src/graphql/schema.ts'
import type { PayloadReader } from '../../src/kafka/ports/payload-reader.ts'
import type { Ports } from '../../src/kafka/ports/ports.ts'
import { createPayloadReader } from '../../src/payloads/read/payload-reader.ts'
import { unconfiguredRegistry } from '../../src/payloads/registry/unconfigured-registry.ts'
import { createAnswers } from '../../src/server/pipeline/execute/create-answers.ts'
import { createWatches } from '../../src/watch/create-watches.ts'
import { type InMemoryKafkaOptions, inMemoryKafka } from '../fakes/in-memory-kafka.ts'
import { unfaked } from '../fakes/unfaked.ts'
import { watchLimits } from '../watch/watching.ts'
import { ScriptedStreams } from './message/scripted-streams.ts'

/** The limits that the tests go by. */
export const limits: GraphQLLimits = {
  page: { default: 50, max: 1000 },
  answer: { maxValues: 100_000, maxBytes: 33_554_432 },
  produce: { maxMessages: 2000, timeoutMs: 30_000 },
  batch: {
    default: { maxMessages: 500, maxBytes: 262_144, lingerMs: 5 },
    max: { maxMessages: 10_000, maxBytes: 4_194_304, lingerMs: 1000 },
  },
  watch: { minIntervalMs: 100, maxIntervalMs: 3_600_000 },
}

const schema = buildSchema()
const asThrown = (thrown: unknown) => (thrown instanceof GraphQLError ? thrown : new GraphQLError(String(thrown)))
const answers = createAnswers({ schema, maxBytes: 33_554_432, toClientError: asThrown })

/** What a client sees of a result: everything went through JSON. */
export interface Answer<Data> {
  readonly data: Data
  readonly errors: readonly GraphQLFormattedError[]
}

const asSeen = <Data>({ data, errors = [] }: ExecutionResult): Answer<Data> =>
  JSON.parse(JSON.stringify({ data: data ?? null, errors }))

type Variables = Readonly<Record<string, unknown>>

/** What a test changes about the harness. */
export interface HarnessOptions extends InMemoryKafkaOptions {
  /** Ports that the Kafka in memory has not, or that the test scripts itself. */
  readonly ports?: Partial<Ports>
  /** Default: `default`. */
  readonly clusterName?: string
  /** Default: a reader without settings and without a registry. */
  readonly payloads?: PayloadReader
}

/** The schema over a Kafka in memory and streams that the test drives. */
export const harness = (
  { ports = {}, clusterName, payloads = createPayloadReader(), ...options }: HarnessOptions = {},
  chosen: GraphQLLimits = limits,
) => {
  const kafka = inMemoryKafka(options)
  const streams = new ScriptedStreams()
  const groups = unfaked<Ports['groups']>('groups')
  const groupAdmin = unfaked<Ports['groupAdmin']>('groupAdmin')
  const replicas = unfaked<Ports['replicas']>('replicas')
  const inspector = unfaked<Ports['inspector']>('inspector')
  const security = unfaked<Ports['security']>('security')
  const transactions = unfaked<Ports['transactions']>('transactions')
  const watches = createWatches({
    catalog: kafka,
    groups: ports.groups ?? groups,
    replicas: ports.replicas ?? replicas,
    limits: { ...watchLimits, clusterMs: 20, configsMs: 20 },
  })
  const messageTimes = unfaked<Ports['messageTimes']>('messageTimes')
  const payloadWriter = unfaked<Ports['payloadWriter']>('payloadWriter')
  const all = {
    catalog: kafka,
    topicAdmin: kafka,
    configAdmin: kafka,
    sink: kafka,
    streams,
    groups,
    groupAdmin,
    replicas,
    inspector,
    security,
    transactions,
    messageTimes,
    watches,
    schemaRegistry: unconfiguredRegistry,
    payloadWriter,
    ...ports,
  }
  const newContext = createContext({
    ports: all,
    payloads,
    limits: chosen,
    passes: new PassQueue(),
    cluster: clusterName,
  })

  const prepared = (source: string | DocumentNode): DocumentNode => {
    const document = typeof source === 'string' ? parse(source) : source
    const [invalid] = validate(schema, document)
    if (invalid) throw invalid
    return document
  }

  /** Runs a query or mutation; typed documents give typed data. */
  const run = async <Data = Record<string, never>, Given extends Variables = Variables>(
    source: string | TypedDocumentNode<Data, Given>,
    variableValues?: Given,
  ): Promise<Answer<Data>> => {
    const document = prepared(source)
    const answer = await answers.execute({ document, variableValues, contextValue: newContext() })
    if (answer.data === undefined) return asSeen({ errors: answer.errors })
    const { text, pieces } = await answers.write(answer)
    answer.permit.giveBack()
    return asSeen(JSON.parse(pieces === undefined ? text : Buffer.concat(pieces).toString()))
  }

  /** Subscribes; what comes is a stream of answers, or one answer with the error. */
  const listen = async <Data = Record<string, never>, Given extends Variables = Variables>(
    source: string | TypedDocumentNode<Data, Given>,
    variableValues?: Given,
    caller: OperationCaller = {},
  ) => {
    const contextValue = newContext(caller)
    const result = await subscribe({ schema, document: prepared(source), variableValues, contextValue })
    if (!(Symbol.asyncIterator in result)) return { refused: asSeen<Data>(result), events: null }
    const events = result[Symbol.asyncIterator]()
    return {
      refused: null,
      events: {
        next: async () => {
          const { done, value } = await events.next()
          return { done: done ?? false, answer: done ? null : asSeen<Data>(value) }
        },
        return: () => events.return?.(),
      },
    }
  }

  return { kafka, streams, watches, ports: all, run, listen }
}

/** The `extensions.code` of each error. */
export const codes = ({ errors }: Answer<unknown>): readonly unknown[] =>
  errors.map(({ extensions }) => extensions?.code)
