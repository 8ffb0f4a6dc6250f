import { ConfigProblem } from './config-problem.ts'
import { crossProblems } from './cross-problems.ts'
import { defaultTopics } from './default-topics.ts'
import { KAFKA_ACCESS_SETTINGS } from './kafka-access-settings.ts'
import { OPERATION_SETTINGS } from './operation-settings.ts'
import { type ParsedValues, parseValues } from './parse-values.ts'
import { readValues } from './read-values.ts'
import { registryProblems } from './registry-problems.ts'
import { REGISTRY_SETTINGS } from './registry-settings.ts'
import { type Setting, setting } from './setting.ts'
import { helpText, markdownTable } from './settings-table.ts'
import { kafkaTls, registryTls, tlsProblems } from './tls-problems.ts'
import { brokers, hostNames, oneOf, origins, text, topicSpecs, trueOrFalse, wholeNumber } from './value-parsers.ts'

const MINUTE = 60_000
const GIB = 1_073_741_824
const [bytes, ms, secret] = [{ unit: 'bytes' }, { unit: 'ms' }, { secret: true }] as const

/** Every setting: name, parser, default, meaning. Limits and defaults are defined only here. */
const SETTINGS = {
  host: setting(
    'HOST',
    text,
    '127.0.0.1',
    'Address to listen on. Any other address than loopback is open to the network: there is no authentication.',
  ),
  port: setting(
    'PORT',
    wholeNumber(0, 65_535),
    '4000',
    'Port to listen on; 0 picks a free one. The address is printed and logged.',
  ),
  kafkaBrokers: setting(
    'KAFKA_BROKERS',
    brokers,
    null,
    'Kafka brokers, as `host:port, …` (IPv6 in brackets). Unset: the program starts a local Kafka.',
  ),
  localKafkaNodes: setting(
    'LOCAL_KAFKA_NODES',
    oneOf('1', '3').transform(word => (word === '1' ? 1 : 3)),
    '1',
    'Nodes of the local Kafka: 1, or 3 for real replicas (replication factor 3, min.insync.replicas 2).',
  ),
  localKafkaRestart: setting(
    'LOCAL_KAFKA_RESTART',
    trueOrFalse,
    'true',
    'Restart a node of the local Kafka that exits. false: it stays down, to watch the cluster without it.',
  ),
  localKafkaDir: setting('LOCAL_KAFKA_DIR', text, '.kafka', 'Data folder of the local Kafka, kept between runs.'),
  kafkaHome: setting(
    'KAFKA_HOME',
    text,
    null,
    'Folder of an unpacked Kafka to run the local Kafka from, instead of the jars that Maven resolves.',
  ),
  topics: setting(
    'TOPICS',
    topicSpecs,
    'ishwar-topic:2:1',
    'Topics to create at start if missing: `name:partitions:replicationFactor[:config=value;…]`, comma-separated. The default is `ishwar-topic:2:3` with three local nodes, and none with KAFKA_BROKERS.',
  ),
  allowedOrigins: setting(
    'ALLOWED_ORIGINS',
    origins,
    '',
    'Exact origins of other pages that may use the API over HTTP, WebSocket and SSE, such as `https://app.example.org`, comma-separated.',
  ),
  allowedHosts: setting(
    'ALLOWED_HOSTS',
    hostNames,
    '',
    'Further host names of this server (e.g. behind a proxy), comma-separated, with or without a port. Loopback names on any port and the bound address are always allowed.',
  ),
  ...KAFKA_ACCESS_SETTINGS,
  ...REGISTRY_SETTINGS,
  cursorSecret: setting(
    'CURSOR_SECRET',
    text,
    null,
    'Secret that signs cursors, at least 16 characters, the same on every instance. Unset: a built-in secret detects damage but not forgery.',
    secret,
  ),
  logLevel: setting(
    'LOG_LEVEL',
    oneOf('debug', 'info', 'warn', 'error', 'silent'),
    'info',
    'Lowest level that is logged: debug, info, warn, error or silent.',
  ),
  maxRequestBytes: setting(
    'MAX_REQUEST_BYTES',
    wholeNumber(1_024, GIB),
    '2097152',
    'Maximum size of an HTTP body or WebSocket message from a client.',
    bytes,
  ),
  requestTimeoutMs: setting(
    'REQUEST_TIMEOUT_MS',
    wholeNumber(100, 10 * MINUTE),
    '30000',
    'How long a whole HTTP request may take to arrive.',
    ms,
  ),
  httpIdleMs: setting(
    'HTTP_IDLE_MS',
    wholeNumber(1_000, 120 * MINUTE),
    '5000',
    'How long an HTTP connection may be idle between two requests. Behind a load balancer, set it above the idle timeout of the load balancer (often 60 s): otherwise a request sent while the connection closes is lost.',
    ms,
  ),
  maxSockets: setting(
    'MAX_SOCKETS',
    wholeNumber(1, 1_000_000),
    '10000',
    'Maximum open WebSockets, and maximum open event streams.',
  ),
  maxOperationsPerSocket: setting(
    'MAX_OPERATIONS_PER_SOCKET',
    wholeNumber(1, 100_000),
    '1000',
    'Maximum operations running at once on one WebSocket.',
  ),
  socketBufferBytes: setting(
    'SOCKET_BUFFER_BYTES',
    wholeNumber(1_024, GIB),
    '131072',
    'Unsent bytes at which the stream of one subscriber pauses.',
    bytes,
  ),
  socketBufferTotalBytes: setting(
    'SOCKET_BUFFER_TOTAL_BYTES',
    wholeNumber(1_024, 64 * GIB),
    '268435456',
    'Unsent bytes of all subscribers at which every stream pauses until its own bytes are sent.',
    bytes,
  ),
  slowSubscriberMs: setting(
    'SLOW_SUBSCRIBER_MS',
    wholeNumber(100, 60 * MINUTE),
    '30000',
    'How long a paused subscriber may read nothing. Its streams then end with SUBSCRIBER_TOO_SLOW and a cursor to resume from.',
    ms,
  ),
  subscribeWaitMs: setting(
    'SUBSCRIBE_WAIT_MS',
    wholeNumber(0, 60 * MINUTE),
    '60000',
    'How long a new subscription waits while Kafka is starting or unreachable. It then ends with an error whose `retriable` is true. A subscription that resumes from a cursor waits as long as its client stays connected.',
    ms,
  ),
  sharedResultBytes: setting(
    'SHARED_RESULT_BYTES',
    wholeNumber(0, GIB),
    '16777216',
    'Maximum memory of serialised results kept for other subscribers of the same operation.',
    bytes,
  ),
  keepAliveMs: setting(
    'KEEP_ALIVE_MS',
    wholeNumber(100, 10 * MINUTE),
    '12000',
    'Time between pings. A WebSocket that has not answered by the next ping is closed.',
    ms,
  ),
  connectionInitTimeoutMs: setting(
    'CONNECTION_INIT_TIMEOUT_MS',
    wholeNumber(100, 10 * MINUTE),
    '3000',
    'How long a new WebSocket may take to send `connection_init`.',
    ms,
  ),
  shutdownGraceMs: setting(
    'SHUTDOWN_GRACE_MS',
    wholeNumber(0, 10 * MINUTE),
    '5000',
    'How long requests and streams may take to end when the program stops.',
    ms,
  ),
  ...OPERATION_SETTINGS,
  maxProduceMessages: setting(
    'MAX_PRODUCE_MESSAGES',
    wholeNumber(1, 100_000),
    '10000',
    'Maximum messages in one `produce`.',
  ),
  produceTimeoutMs: setting(
    'PRODUCE_TIMEOUT_MS',
    wholeNumber(100, 10 * MINUTE),
    '30000',
    'How long `produce` may take; every message has a result by then.',
    ms,
  ),
  kafkaTimeoutMs: setting(
    'KAFKA_TIMEOUT_MS',
    wholeNumber(100, 10 * MINUTE),
    '10000',
    'How long Kafka may take to answer a read or to carry out a change.',
    ms,
  ),
  ringBytes: setting(
    'RING_BYTES',
    wholeNumber(1_024, GIB),
    '4194304',
    'Memory for the newest messages of each followed partition.',
    bytes,
  ),
  catchUpBytes: setting(
    'CATCH_UP_BYTES',
    // Half of it is requested at once. A response of more than 256 MiB is refused, and brokers may return more than
    // requested.
    wholeNumber(1_024, GIB / 4),
    '1048576',
    'Bytes that one read fetches for a subscriber that lags behind those messages.',
    bytes,
  ),
} as const satisfies Readonly<Record<string, Setting>>

/** The values of all settings. */
export type Config = ParsedValues<typeof SETTINGS>

const TABLE: readonly Setting[] = Object.values(SETTINGS)

/** Reads the settings from flags, environment and files. @throws ConfigProblem that lists every problem. */
export const readConfig = (argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Config => {
  const given = readValues(TABLE, argv, env)
  const { parsed, problems } = parseValues(SETTINGS, given)
  const together = [...crossProblems(parsed), ...registryProblems(parsed)]
  const all = [...problems, ...together, ...tlsProblems(kafkaTls(parsed)), ...tlsProblems(registryTls(parsed))]
  if (all.length > 0) throw new ConfigProblem(all)
  return given.values.has(SETTINGS.topics.env) ? parsed : { ...parsed, topics: defaultTopics(parsed) }
}

/** Renders the settings for the README. */
export const renderSettingsTable = (): string => markdownTable(TABLE)

/** Renders the settings for `--help`. */
export const renderHelp = (): string => helpText(TABLE)
