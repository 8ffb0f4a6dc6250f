import { describe, expect, it } from 'vitest'
import { KafkaError } from '../../../src/kafka/errors/kafka-error.ts'
import type { Call } from '../../../src/kafka/ports/call.ts'
import { PORT_METHODS } from '../../../src/kafka/ports/ports.ts'
import {
  aroundNext,
  type PortMethod,
  type PortWrapper,
  portMethods,
  refusing,
  wrapPorts,
} from '../../../src/kafka/ports/wrap-ports.ts'
import { testCall } from '../../support/call.ts'
import { invoke, methodsOf, scriptedPorts } from './scripted-ports.ts'

interface Seen {
  readonly name: string
  readonly kind: string
  readonly call: Call
  readonly parameters: readonly unknown[]
}

/** Notes every call, and makes it as it is. */
const noting = () => {
  const seen: Seen[] = []
  const note = ({ name, kind }: PortMethod, call: Call, parameters: readonly unknown[]) =>
    void seen.push({ name, kind, call, parameters })
  const wrapper: PortWrapper = {
    promise: (method, call, parameters, proceed) => {
      note(method, call, parameters)
      return proceed(call)
    },
    stream: (method, call, parameters, proceed) => {
      note(method, call, parameters)
      return proceed(call)
    },
    value: (method, call, parameters, proceed) => {
      note(method, call, parameters)
      return proceed(call)
    },
  }
  return { seen, wrapper }
}

const named = (name: PortMethod['name']): PortMethod => {
  const found = portMethods.find(method => method.name === name)
  if (found === undefined) throw new Error(`no method ${name}`)
  return found
}

const itemsOf = async (stream: unknown): Promise<readonly unknown[]> => {
  const items: unknown[] = []
  for await (const item of stream as AsyncIterable<unknown>) items.push(item)
  return items
}

describe('a wrapper of ports', () => {
  it.each(portMethods)('sees $name with its call and its parameters, and passes on the result', async method => {
    const { ports, received } = scriptedPorts()
    const { seen, wrapper } = noting()
    const call: Call = {
      cluster: 'north',
      signal: new AbortController().signal,
      deadline: 1,
      principal: { name: 'User:alice', visibility: 'all' },
      trace: { traceparent: '00-1-2-01' },
    }
    const result = invoke(wrapPorts(ports, wrapper), method, call, 'one', { two: 2 })
    expect(seen).toEqual([{ name: method.name, kind: method.kind, call, parameters: ['one', { two: 2 }] }])
    expect(received).toEqual([{ name: method.name, call, parameters: ['one', { two: 2 }] }])
    expect(received[0]?.call).toBe(call)
    if (method.kind === 'stream') expect(await itemsOf(await result)).toEqual([1, 2])
    else expect(method.kind === 'value' ? result : await result).toBe(method.name)
    expect(result instanceof Promise).toBe(method.kind !== 'value')
  })

  it('may call the port with another call, answer in its place, and change the result', async () => {
    const { ports, received } = scriptedPorts()
    const wrapped = wrapPorts(ports, {
      promise: async (method, call, _parameters, proceed) => {
        const answer = await proceed({ ...call, deadline: 7 })
        if (method.name === 'catalog.listTopics') throw new KafkaError('CLUSTER_AUTHORIZATION_FAILED')
        return answer
      },
      stream: async (_method, call, _parameters, proceed) =>
        aroundNext(await proceed(call), async next => {
          const result = await next()
          return result.done ? result : { done: false, value: Number(result.value) * 10 }
        }),
      value: (_method, call, _parameters, proceed) => proceed(call),
    })
    await expect(wrapped.catalog.listTopics(testCall)).rejects.toMatchObject({ code: 'CLUSTER_AUTHORIZATION_FAILED' })
    expect(received[0]?.call).toEqual({ ...testCall, deadline: 7 })
    expect(await itemsOf(await invoke(wrapped, named('watches.brokerChanges'), testCall))).toEqual([10, 20])
  })

  it('wraps ports that are wrapped: the outer one sees the call first', async () => {
    const { ports } = scriptedPorts()
    const order: string[] = []
    const passing = (name: string): PortWrapper =>
      refusing(() => {
        order.push(name)
        return null
      })
    const wrapped = wrapPorts(wrapPorts(ports, passing('inner')), passing('outer'))
    for (const method of portMethods) await invoke(wrapped, method, testCall)
    expect(order).toEqual(portMethods.flatMap(() => ['outer', 'inner']))
  })

  it.each(portMethods)('that refuses $name keeps the port from being called', async method => {
    const { ports, received } = scriptedPorts()
    const refusal = new KafkaError('TOPIC_AUTHORIZATION_FAILED')
    const wrapped = wrapPorts(
      ports,
      refusing(({ name }) => (name === method.name ? refusal : null)),
    )
    await expect(async () => invoke(wrapped, method, testCall)).rejects.toBe(refusal)
    expect(received).toEqual([])
  })
})

describe('the wrapped ports', () => {
  it('have the listed methods and no others: what a wrapper does not see cannot be called', () => {
    const { ports } = scriptedPorts()
    Object.assign(ports.catalog, { unlisted: async () => 'unseen' })
    const wrapped = wrapPorts(ports, noting().wrapper)
    expect(methodsOf(wrapped, 'catalog').unlisted).toBeUndefined()
    expect(Object.keys(wrapped)).toEqual(Object.keys(PORT_METHODS))
    for (const [port, methods] of Object.entries(PORT_METHODS))
      expect(Object.keys(Object(Reflect.get(wrapped, port)))).toEqual(Object.keys(methods))
  })

  it.each(['sink.produce', 'streams.cursorAfter', 'watches.groupLag'] as const)('need a port with %s', name => {
    const { ports } = scriptedPorts()
    const { port, method } = named(name)
    delete methodsOf(ports, port)[method]
    expect(() => wrapPorts(ports, noting().wrapper)).toThrow(new TypeError(`the ports have no method ${name}`))
  })

  it('call methods on their own port: a port may be a class with private fields', async () => {
    class Counting {
      #count = 0
      async firstTimestamps() {
        this.#count += 1
        return [this.#count]
      }
    }
    const { ports } = scriptedPorts()
    const wrapped = wrapPorts({ ...ports, messageTimes: new Counting() }, noting().wrapper)
    const { firstTimestamps } = wrapped.messageTimes
    expect([await firstTimestamps(testCall, []), await firstTimestamps(testCall, [])]).toEqual([[1], [2]])
  })

  it('of ports that come later are asked for at each call', async () => {
    const first = scriptedPorts()
    const second = scriptedPorts()
    let now = first
    const wrapped = wrapPorts(() => now.ports, noting().wrapper)
    await wrapped.catalog.listTopics(testCall)
    now = second
    await wrapped.catalog.listTopics(testCall)
    expect([first.received.length, second.received.length]).toEqual([1, 1])
  })
})

/** Checked by the compiler: each of these fails the build once the list of methods accepts it. */
describe('the list of methods', () => {
  it('is complete: a method that is missing, unknown or of another kind fails the build', () => {
    const { listTopics: _, ...fewer } = PORT_METHODS.catalog
    // @ts-expect-error listTopics is missing
    const lacking: typeof PORT_METHODS.catalog = fewer
    // @ts-expect-error the catalog has no such method
    const larger: typeof PORT_METHODS.catalog = { ...PORT_METHODS.catalog, dropEverything: 'promise' }
    // @ts-expect-error produce does not answer with a stream
    const wrong: typeof PORT_METHODS.sink = { produce: 'stream' }
    const { watches: __, ...withoutWatches } = PORT_METHODS
    // @ts-expect-error a port is missing
    const lackingPort: typeof PORT_METHODS = withoutWatches
    expect([lacking, larger, wrong, lackingPort]).toHaveLength(4)
  })

  it('names each method once', () => {
    expect(new Set(portMethods.map(({ name }) => name)).size).toBe(portMethods.length)
  })
})
