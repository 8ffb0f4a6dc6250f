import { Counter, type Registry } from 'prom-client'
import { KafkaError } from '../kafka/errors/kafka-error.ts'
import { type PortMethod, type PortWrapper, portMethods } from '../kafka/ports/wrap-ports.ts'

/** The calls of one method so far. Plain numbers, because labels on each call would cost more; they are made when the metrics are read. */
class Tally {
  seconds = 0
  readonly calls = new Map<string, number>()

  add(code: string, beganAt: number): void {
    this.seconds += (performance.now() - beganAt) / 1000
    this.calls.set(code, (this.calls.get(code) ?? 0) + 1)
  }
}

/** The code of a KafkaError, from a fixed list. A signal's reason and unexpected errors have none. */
const codeOf = (thrown: unknown): string => (thrown instanceof KafkaError ? thrown.code : 'OTHER')

/**
 * Counts the calls of every port: how many by outcome, and how long they took together. A stream counts once, when it is
 * open. A call of several items, such as `produce`, is OK if it returns, even if some items failed.
 */
export const createPortMeter = (prefix: string, registers: Registry[]): PortWrapper => {
  const tallies = new Map(portMethods.map(method => [method.name, new Tally()]))
  new Counter({
    name: `${prefix}port_calls_total`,
    help: 'Calls of the ports to Kafka, by outcome: OK or an error code.',
    labelNames: ['port', 'method', 'code'],
    registers,
    collect() {
      this.reset()
      for (const { name, port, method } of portMethods)
        for (const [code, calls] of tallies.get(name)?.calls ?? []) this.inc({ port, method, code }, calls)
    },
  })
  new Counter({
    name: `${prefix}port_call_seconds_total`,
    help: 'How long the calls of the ports to Kafka took together.',
    labelNames: ['port', 'method'],
    registers,
    collect() {
      this.reset()
      for (const { name, port, method } of portMethods) {
        const tally = tallies.get(name)
        if (tally !== undefined && tally.calls.size > 0) this.inc({ port, method }, tally.seconds)
      }
    },
  })
  /** Returns the same promise: metering delays no caller. */
  const metered = <T>({ name }: PortMethod, work: Promise<T>): Promise<T> => {
    const tally = tallies.get(name)
    const beganAt = performance.now()
    work.then(
      () => tally?.add('OK', beganAt),
      thrown => tally?.add(codeOf(thrown), beganAt),
    )
    return work
  }
  return {
    promise: (method, call, _parameters, proceed) => metered(method, proceed(call)),
    stream: (method, call, _parameters, proceed) => metered(method, proceed(call)),
    value: (_method, call, _parameters, proceed) => proceed(call),
  }
}
