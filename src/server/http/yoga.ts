import type { IncomingMessage, ServerResponse } from 'node:http'
import { type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql'
import { createYoga, type Plugin } from 'graphql-yoga'
import { plainData } from '../pipeline/execute/answer/answer.ts'
import type { GraphQLParams } from '../pipeline/graphql-params.ts'
import type { Pipeline } from '../pipeline/pipeline.ts'

/** What the HTTP layer has read before it calls Yoga. Yoga puts its own `params` beside it. */
interface Arrived {
  readonly arrived: GraphQLParams
  readonly signal: AbortSignal
}

/** Answers a query or mutation. */
export type AnswerOverHttp = (
  request: IncomingMessage,
  response: ServerResponse,
  arrived: Arrived,
) => Promise<void> | void

const streamsElsewhere = new GraphQLError(
  'A subscription needs a WebSocket (graphql-transport-ws) or an event stream (Accept: text/event-stream).',
  { extensions: { code: 'BAD_REQUEST', http: { status: 406 } } },
)

/** The body is read and checked before Yoga: size limit, JSON only, one operation. */
const useArrivedParams = (): Plugin<object, Arrived> => ({
  onRequestParse: ({ setRequestParser, serverContext: { arrived } }) => {
    setRequestParser(() => ({ ...arrived }))
  },
})

/** Yoga uses the same parser, validation, limits and cache as all other transports, and what was checked before Yoga. */
const useSharedDocuments = ({ check }: Pipeline): Plugin<Arrived> => ({
  onParse: ({ context: { arrived }, setParsedDocument }) => {
    const { document, errors } = check(arrived, 'http')
    if (document !== undefined) return setParsedDocument(document)
    throw new AggregateError(errors.map(withStatus))
  },
  onValidate: ({ setResult }) => setResult([]),
})

/** Yoga's marks for the status: 400, except for clients that accept only application/json. */
const withStatus = (error: GraphQLError): GraphQLError => {
  error.extensions.http = { spec: true, status: 400 }
  return error
}

/** Nothing was executed: Yoga's mark for the status. */
const withFailedStatus = (error: GraphQLError): GraphQLError => {
  if (error.path !== undefined || error.extensions.http !== undefined) return error
  if (error.extensions.code !== 'INTERNAL_SERVER_ERROR') return withStatus(error)
  error.extensions.http = { status: 500 }
  return error
}

/**
 * Yoga only gets operations that are refused before execution; all others are answered without it. Subscriptions belong
 * to WebSocket and event streams.
 */
const useExecution = ({ answers }: Pipeline): Plugin => ({
  onExecute: ({ setExecuteFn }) =>
    setExecuteFn(async ({ document, operationName, contextValue, variableValues }: ExecutionArgs) => {
      const { data, errors, permit } = await answers.execute({ document, operationName, contextValue, variableValues })
      permit.giveBack()
      return {
        ...(data === undefined ? {} : { data: data && plainData(data) }),
        ...(errors.length > 0 ? { errors } : {}),
      }
    }),
  onSubscribe: ({ setResultAndStopExecution }) => {
    const refused: ExecutionResult = { errors: [streamsElsewhere] }
    setResultAndStopExecution(refused)
  },
})

/** Yoga implements GraphQL over HTTP: its media types and statuses. All its other features are off. */
export const createAnswerOverHttp = (pipeline: Pipeline): AnswerOverHttp => {
  const { schema, createContext, toClientError } = pipeline
  const yoga = createYoga<Arrived>({
    schema,
    graphqlEndpoint: '/graphql',
    plugins: [useArrivedParams(), useSharedDocuments(pipeline), useExecution(pipeline)],
    context: ({ signal }) => createContext({ signal }),
    maskedErrors: { maskError: thrown => withFailedStatus(toClientError(thrown)) },
    cors: false,
    multipart: false,
    batching: false,
    graphiql: false,
    landingPage: false,
    logging: false,
    maxRequestBodySize: false,
    parserAndValidationCache: false,
    // Yoga answers any URL that ends in this, even in the query. No URL ends in a line feed.
    healthCheckEndpoint: '\n',
  })
  return (request, response, arrived) => yoga(request, response, arrived)
}
