import { kafkaToolOutput, type ToolTarget } from './kafka-tools.ts'

const nullLiteral = '<null>'

/** A message as `kafka-console-consumer` prints it. */
export interface ConsoleMessage {
  readonly partition: number
  readonly offset: bigint
  /** In ms; -1 when it has none. */
  readonly timestamp: bigint
  /** `name:value` pairs, comma-separated, as printed; null when there are none. */
  readonly headers: string | null
  readonly key: string | null
  readonly value: string | null
}

/** What to read, and when to stop. */
export interface ConsoleConsumeOptions {
  /** The tool ends when it has read this many, and fails when they do not arrive. */
  readonly maxMessages: number
  /** Only this one. Default: all. */
  readonly partition?: number
  /** In `partition`. Default: from the beginning. */
  readonly offset?: bigint
  /** Consumer settings, such as `isolation.level`. */
  readonly properties?: Readonly<Record<string, string>>
  /** How long it waits for a message, in ms. Default 20,000. */
  readonly waitMs?: number
}

/** `kafka-console-consumer --from-beginning`. Lines end messages, so it cannot read values with line feeds. */
export async function consoleConsume(
  target: ToolTarget,
  topic: string,
  options: ConsoleConsumeOptions,
): Promise<readonly ConsoleMessage[]> {
  const { maxMessages, partition, offset, properties = {}, waitMs = 20_000 } = options
  const args = ['--topic', topic, '--max-messages', String(maxMessages), '--timeout-ms', String(waitMs)]
  if (partition === undefined) args.push('--from-beginning')
  else args.push('--partition', String(partition), '--offset', String(offset ?? 'earliest'))
  for (const part of ['timestamp', 'partition', 'offset', 'headers', 'key']) {
    args.push('--formatter-property', `print.${part}=true`)
  }
  args.push('--formatter-property', `null.literal=${nullLiteral}`)
  for (const [key, value] of Object.entries(properties)) args.push('--command-property', `${key}=${value}`)
  const printed = await kafkaToolOutput(target, 'org.apache.kafka.tools.consumer.ConsoleConsumer', args)
  return printed.split('\n').filter(Boolean).map(messageOf)
}

/** `CreateTime:1\tPartition:0\tOffset:0\theaders\tkey\tvalue`; only the value may contain tabs. */
function messageOf(line: string): ConsoleMessage {
  const [time = '', partition = '', offset = '', headers = '', key = '', ...value] = line.split('\t')
  const number = (text: string) => text.slice(text.indexOf(':') + 1)
  const orNull = (text: string) => (text === nullLiteral ? null : text)
  return {
    timestamp: time === 'NO_TIMESTAMP' ? -1n : BigInt(number(time)),
    partition: Number(number(partition)),
    offset: BigInt(number(offset)),
    headers: headers === 'NO_HEADERS' ? null : headers,
    key: orNull(key),
    value: orNull(value.join('\t')),
  }
}

/** How lines become messages. */
export interface ConsoleProduceOptions {
  /** Each line is `key<TAB>value`. */
  readonly withKey?: boolean
  readonly compression?: 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd'
  /** Producer settings. */
  readonly properties?: Readonly<Record<string, string>>
}

/** `kafka-console-producer`: one message a line. */
export async function consoleProduce(
  target: ToolTarget,
  topic: string,
  lines: readonly string[],
  options: ConsoleProduceOptions = {},
): Promise<void> {
  const args = ['--topic', topic, '--sync']
  if (options.withKey) args.push('--reader-property', 'parse.key=true')
  if (options.compression) args.push('--compression-codec', options.compression)
  // By default the tool lingers for a second, here for every message.
  for (const [key, value] of Object.entries({ 'linger.ms': '0', ...options.properties })) {
    args.push('--command-property', `${key}=${value}`)
  }
  const input = lines.map(line => `${line}\n`).join('')
  await kafkaToolOutput(target, 'org.apache.kafka.tools.ConsoleProducer', args, { input })
}

/**
 * `kafka-get-offsets`: the offset of every partition of a topic at that place or time (epoch ms), where there is one.
 */
export async function getOffsets(
  target: ToolTarget,
  topic: string,
  time: 'earliest' | 'latest' | 'max-timestamp' | number = 'latest',
): Promise<ReadonlyMap<number, bigint>> {
  const args = ['--topic', topic, '--time', String(time)]
  const printed = await kafkaToolOutput(target, 'org.apache.kafka.tools.GetOffsetShell', args)
  // topic:partition:offset; a topic name contains no colon.
  const rows = printed.split('\n').filter(Boolean)
  return new Map(
    rows.map(row => row.split(':')).map(([, partition, offset]) => [Number(partition), BigInt(offset ?? '')]),
  )
}
