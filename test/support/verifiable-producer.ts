import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'

/** A message that Kafka acknowledged to its own Java producer. */
export interface AckedMessage {
  readonly partition: number
  readonly offset: bigint
  readonly value: string
  /** Arrival time of the acknowledgement here, epoch ms. */
  readonly at: number
}

/** Kafka's own load generator, idempotent with acks=all. Every message that it counts as acknowledged must exist. */
export interface VerifiableProducer extends AsyncDisposable {
  readonly acked: readonly AckedMessage[]
  /** Lets it finish its messages in flight. */
  stop(): Promise<void>
}

/** Starts VerifiableProducer at `perSecond` messages a second. */
export const startVerifiableProducer = async (
  kafka: LocalKafka,
  topic: string,
  perSecond: number,
): Promise<VerifiableProducer> => {
  const config = `${kafka.dir}/${topic}-producer.properties`
  await writeFile(config, 'retries=2147483647\nenable.idempotence=true\ndelivery.timeout.ms=120000\nlinger.ms=0\n')
  const tool = 'org.apache.kafka.tools.VerifiableProducer'
  const child = spawn(
    kafka.java,
    ['-Xmx128m', '-XX:+UseSerialGC', '-cp', kafka.classpath, tool, '--bootstrap-server', kafka.bootstrapServers].concat(
      ['--topic', topic, '--throughput', String(perSecond), '--acks', '-1', '--command-config', config],
    ),
    { stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const acked: AckedMessage[] = []
  createInterface({ input: child.stdout }).on('line', line => {
    if (!line.includes('"producer_send_success"')) return
    const { partition, offset, value } = JSON.parse(line)
    acked.push({ partition, offset: BigInt(offset), value, at: Date.now() })
  })
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), 20_000)
    await ended
    clearTimeout(timer)
  }
  return { acked, stop, [Symbol.asyncDispose]: stop }
}

/** The longest time between two neighbours, ms. */
export const longestSilence = (times: readonly number[]): number =>
  times.reduce((longest, at, i) => Math.max(longest, at - (times[i - 1] ?? at)), 0)
