import { ConfigProblem } from './config/config-problem.ts'
import { crossProblems } from './config/cross-problems.ts'
import { defaultTopics } from './config/default-topics.ts'
import { KAFKA_ACCESS_SETTINGS } from './config/kafka-access-settings.ts'
import { OPERATION_SETTINGS } from './config/operation-settings.ts'
import { type ParsedValues, parseValues } from './config/parse-values.ts'
import { readValues } from './config/read-values.ts'
import { type Setting, setting } from './config/setting.ts'
import { helpText, markdownTable } from './config/settings-table.ts'
import { tlsProblems } from './config/tls-problems.ts'
import {
  brokers,
  hostNames,
  oneOf,
  origins,
  text,
  topicSpecs,
  trueOrFalse,
  wholeNumber,
} from './config/value-parsers.ts'

const MINUTE = 60_000
const GIB = 1_073_741_824
const [bytes, ms, secret] = [{ unit: 'bytes' }, { unit: 'ms' }, { secret: true }] as const

/** Every setting of the program: name, how it is read, default, meaning. Limits and defaults are written here and nowhere else. */
const SETTINGS = {
  host: setting(
    'HOST',
    text,
    '127.0.0.1',
    'Address to listen on. Anything but loopback is open to the network: there is no authentication.',
  ),
  port: setting(
    'PORT',
    wholeNumber(0, 65_535),
    '4000',
    'Port to listen on; 0 takes any free one. The address is printed and logged.',
  ),
  kafkaBrokers: setting(
    'KAFKA_BROKERS',
    brokers,
    null,
    'Kafka to use, as `host:port, …` (IPv6 in brackets). Unset: a local Kafka is started.',
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
    'Start a node of the local Kafka again when it ends by itself. false: it stays down, to see what a cluster does without it.',
  ),
  localKafkaDir: setting('LOCAL_KAFKA_DIR', text, '.kafka', 'Data folder of the local Kafka, kept between runs.'),
  kafkaHome: setting(
    'KAFKA_HOME',
    text,
    null,
    'An unpacked Kafka that the local Kafka runs from, in place of the jars that Maven resolves.',
  ),
  topics: setting(
    'TOPICS',
    topicSpecs,
    'ishwar-topic:2:1',
    'Topics ensured at start: `name:partitions:replicationFactor[:config=value;…]`, comma-separated. The default is `ishwar-topic:2:3` with three local nodes, and none with KAFKA_BROKERS.',
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
    'Further names of this server (behind a proxy, say), comma-separated, with or without a port. Loopback names on any port and the bound address are served without being named.',
  ),
  ...KAFKA_ACCESS_SETTINGS,
  cursorSecret: setting(
    'CURSOR_SECRET',
    text,
    null,
    'Signs cursors: give every instance the same, 16 characters or more. Unset: a built-in one, by which damage is found but forgery is not.',
    secret,
  ),
  logLevel: setting(
    'LOG_LEVEL',
    oneOf('debug', 'info', 'warn', 'error', 'silent'),
    'info',
    'Least level that is logged: debug, info, warn, error or silent.',
  ),
  maxRequestBytes: setting(
    'MAX_REQUEST_BYTES',
    wholeNumber(1_024, GIB),
    '2097152',
    'Largest HTTP body and largest WebSocket message from a client.',
    bytes,
  ),
  requestTimeoutMs: setting(
    'REQUEST_TIMEOUT_MS',
    wholeNumber(100, 10 * MINUTE),
    '30000',
    'Time for a whole HTTP request to arrive.',
    ms,
  ),
  httpIdleMs: setting(
    'HTTP_IDLE_MS',
    wholeNumber(1_000, 120 * MINUTE),
    '5000',
    'How long an HTTP connection may be idle between two requests. Behind a load balancer, give more than it keeps them (often 60 s): one that it uses again in the moment of its closing loses a request.',
    ms,
  ),
  maxSockets: setting(
    'MAX_SOCKETS',
    wholeNumber(1, 1_000_000),
    '10000',
    'WebSockets and event streams open at once, each.',
  ),
  maxOperationsPerSocket: setting(
    'MAX_OPERATIONS_PER_SOCKET',
    wholeNumber(1, 100_000),
    '1000',
    'Operations running at once on one WebSocket.',
  ),
  socketBufferBytes: setting(
    'SOCKET_BUFFER_BYTES',
    wholeNumber(1_024, GIB),
    '131072',
    'Bytes waiting for one subscriber beyond which its stream pauses.',
    bytes,
  ),
  socketBufferTotalBytes: setting(
    'SOCKET_BUFFER_TOTAL_BYTES',
    wholeNumber(1_024, 64 * GIB),
    '268435456',
    'Bytes waiting for all subscribers together beyond which every stream pauses until what waits for it is written.',
    bytes,
  ),
  slowSubscriberMs: setting(
    'SLOW_SUBSCRIBER_MS',
    wholeNumber(100, 60 * MINUTE),
    '30000',
    'Time that a paused subscriber may read nothing; its streams then end with SUBSCRIBER_TOO_SLOW and the cursor to go on from.',
    ms,
  ),
  subscribeWaitMs: setting(
    'SUBSCRIBE_WAIT_MS',
    wholeNumber(0, 60 * MINUTE),
    '60000',
    'Time that a new subscription waits for a Kafka that is starting or away; it then ends with an error whose `retriable` is true. One that resumes from a cursor waits for as long as its client stays.',
    ms,
  ),
  sharedResultBytes: setting(
    'SHARED_RESULT_BYTES',
    wholeNumber(0, GIB),
    '16777216',
    'Serialised results kept for subscribers of the same operation that have not got them yet.',
    bytes,
  ),
  keepAliveMs: setting(
    'KEEP_ALIVE_MS',
    wholeNumber(100, 10 * MINUTE),
    '12000',
    'Time between pings; a WebSocket that leaves one unanswered until the next is closed.',
    ms,
  ),
  connectionInitTimeoutMs: setting(
    'CONNECTION_INIT_TIMEOUT_MS',
    wholeNumber(100, 10 * MINUTE),
    '3000',
    'Time for a new WebSocket to send `connection_init`.',
    ms,
  ),
  shutdownGraceMs: setting(
    'SHUTDOWN_GRACE_MS',
    wholeNumber(0, 10 * MINUTE),
    '5000',
    'Time for requests and streams to end when the program is stopped.',
    ms,
  ),
  ...OPERATION_SETTINGS,
  maxProduceMessages: setting('MAX_PRODUCE_MESSAGES', wholeNumber(1, 100_000), '10000', 'Messages in one `produce`.'),
  produceTimeoutMs: setting(
    'PRODUCE_TIMEOUT_MS',
    wholeNumber(100, 10 * MINUTE),
    '30000',
    'Time within which every produced message is answered.',
    ms,
  ),
  kafkaTimeoutMs: setting(
    'KAFKA_TIMEOUT_MS',
    wholeNumber(100, 10 * MINUTE),
    '10000',
    'Time for Kafka to answer a question or to carry out a change.',
    ms,
  ),
  ringBytes: setting(
    'RING_BYTES',
    wholeNumber(1_024, GIB),
    '4194304',
    'Newest messages of a partition kept in memory while somebody follows it.',
    bytes,
  ),
  catchUpBytes: setting(
    'CATCH_UP_BYTES',
    // Half of it is asked for at once, and an answer of more than 256 MiB is refused, whatever a broker adds to it.
    wholeNumber(1_024, GIB / 4),
    '1048576',
    'Bytes that one read of a subscriber behind those takes.',
    bytes,
  ),
} as const satisfies Readonly<Record<string, Setting>>

/** Every setting's value. */
export type Config = ParsedValues<typeof SETTINGS>

const TABLE: readonly Setting[] = Object.values(SETTINGS)

/** The settings that flags, environment and files give. @throws ConfigProblem that names everything wrong with them. */
export const readConfig = (argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Config => {
  const given = readValues(TABLE, argv, env)
  const { parsed, problems } = parseValues(SETTINGS, given)
  const all = [...problems, ...crossProblems(parsed), ...tlsProblems(parsed)]
  if (all.length > 0) throw new ConfigProblem(all)
  return given.values.has(SETTINGS.topics.env) ? parsed : { ...parsed, topics: defaultTopics(parsed) }
}

/** The settings as the README shows them. */
export const renderSettingsTable = (): string => markdownTable(TABLE)

/** The settings as `--help` shows them. */
export const renderHelp = (): string => helpText(TABLE)
