import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { type DocumentNode, print } from 'graphql'
import { expect } from 'vitest'
import { readConfig, silentLogger, startApp } from '../../src/index.ts'
import {
  CreateTopicsDocument,
  type NewTopicInput,
  ProduceDocument,
  type ProduceInput,
} from '../generated/operations.ts'
import { eventually } from './eventually.ts'
import { freshTopicName, sharedKafka } from './kafka.ts'
import type { ToolTarget } from './kafka-tools.ts'

/** An operation as text, or as code generation types it. */
export type Operation<TData, TVariables> = string | TypedDocumentNode<TData, TVariables>

/** Variables of an operation given as text. */
export type Variables = Readonly<Record<string, unknown>>

/** An error of the API. */
export interface ApiError {
  readonly message: string
  readonly extensions?: Readonly<Record<string, unknown>> | undefined
}

/** A response of the API. */
export interface ApiAnswer<TData> {
  readonly data?: TData | null | undefined
  readonly errors?: readonly ApiError[] | undefined
}

/** A message that the API reports as written. */
export interface Written {
  readonly partition: number
  readonly offset: string
  readonly timestamp: string
  readonly cursor: string
}

/** The whole program in this process, used from outside. */
export interface TestApp extends AsyncDisposable {
  readonly url: string
  readonly socketUrl: string
  /** The address of the same cluster for Kafka's own tools. */
  readonly kafka: ToolTarget
  /** Sends an operation by POST. */
  ask<TData, TVariables = Variables>(
    operation: Operation<TData, TVariables>,
    variables?: TVariables,
  ): Promise<ApiAnswer<TData>>
  /** The data of a response without errors. */
  dataOf<TData, TVariables = Variables>(operation: Operation<TData, TVariables>, variables?: TVariables): Promise<TData>
  /** Creates a topic with a unique name. */
  freshTopic(topic?: Omit<NewTopicInput, 'name'>): Promise<string>
  /** Produces, and fails the test unless every message is written. */
  produce(input: ProduceInput): Promise<readonly Written[]>
  /** Resolves once exactly this many message streams are open, and their start positions are fixed. */
  untilStreams(count: number): Promise<void>
  /** A number from `/metrics`, by its name without the prefix and with its labels. */
  metric(name: string): Promise<number>
}

/** The text of an operation. */
export const textOf = (operation: string | DocumentNode): string =>
  typeof operation === 'string' ? operation : print(operation)

const writtenOf = (result: Partial<Record<keyof Written, unknown>> | null): Written => {
  if (result === null) throw new Error('a message was not written')
  const { partition, offset, timestamp, cursor } = result
  return { partition: Number(partition), offset: String(offset), timestamp: String(timestamp), cursor: String(cursor) }
}

const askAt =
  (url: string): TestApp['ask'] =>
  async (operation, variables) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: textOf(operation), variables }),
      signal: AbortSignal.timeout(40_000),
    })
    return response.json()
  }

const metricAt = (url: string) => async (name: string) => {
  const text = await (await fetch(new URL('/metrics', url))).text()
  const line = text.split('\n').find(one => one.startsWith(`kafka_graphql_${name} `))
  if (line === undefined) throw new Error(`no metric ${name} in:\n${text}`)
  return Number(line.slice(line.lastIndexOf(' ')))
}

/** Starts the program on a free port, on the run's Kafka unless `settings` say otherwise. Resolves when it is ready. */
export const startTestApp = async (settings: Readonly<Record<string, string>> = {}): Promise<TestApp> => {
  const KAFKA_BROKERS = settings.KAFKA_BROKERS ?? (await sharedKafka()).bootstrapServers
  const config = readConfig([], { PORT: '0', LOG_LEVEL: 'silent', ...settings, KAFKA_BROKERS })
  const app = await startApp(config, { logger: silentLogger })
  await app.ready
  const { url } = app
  const ask = askAt(url)
  const metric = metricAt(url)
  const dataOf: TestApp['dataOf'] = async (operation, variables) => {
    const { data, errors } = await ask(operation, variables)
    if (errors || !data) throw new Error(`${JSON.stringify(errors)} for ${textOf(operation)}`)
    return data
  }
  return {
    url,
    socketUrl: url.replace('http', 'ws'),
    kafka: { bootstrapServers: app.brokers ?? '' },
    ask,
    dataOf,
    async freshTopic(topic = {}) {
      const name = freshTopicName('e2e')
      const { createTopics } = await dataOf(CreateTopicsDocument, { topics: [{ name, ...topic }] })
      expect(createTopics.errors).toEqual([])
      return name
    },
    async produce(input) {
      const { produce } = await dataOf(ProduceDocument, { input })
      expect(produce.errors).toEqual([])
      return produce.results.map(writtenOf)
    },
    untilStreams: count => eventually(async () => expect(await metric('feeds')).toBe(count)),
    metric,
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  }
}
