import type { Call } from '../../../src/kafka/ports/call.ts'
import type { PortName, Ports } from '../../../src/kafka/ports/ports.ts'
import { type PortMethod, portMethods } from '../../../src/kafka/ports/wrap-ports.ts'

/** A call as a port received it. */
interface Received {
  readonly name: string
  readonly call: Call
  readonly parameters: readonly unknown[]
}

type Method = (call: Call, ...parameters: readonly unknown[]) => unknown

async function* numbers() {
  yield 1
  yield 2
}

const answerOf = ({ kind, name }: PortMethod): unknown => {
  if (kind === 'value') return name
  return Promise.resolve(kind === 'stream' ? numbers() : name)
}

/** Ports whose methods answer their own names, or a stream of 1 and 2, and note what they received. */
export const scriptedPorts = () => {
  const received: Received[] = []
  const ports: Record<string, Record<string, Method>> = {}
  for (const method of portMethods) {
    const port = ports[method.port] ?? {}
    port[method.method] = (call, ...parameters) => {
      received.push({ name: method.name, call, parameters })
      return answerOf(method)
    }
    ports[method.port] = port
  }
  // It has every method of every port; none looks at its parameters.
  return { ports: ports as unknown as Ports, received }
}

/** Calls a method of a port by its name. */
export const invoke = (ports: Ports, { port, method }: PortMethod, call: Call, ...parameters: readonly unknown[]) =>
  methodsOf(ports, port)[method]?.(call, ...parameters)

/** A port's methods by name. */
export const methodsOf = (ports: Ports, port: PortName) => ports[port] as unknown as Record<string, Method>
