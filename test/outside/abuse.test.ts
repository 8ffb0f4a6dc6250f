import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { freshTopicName, sharedKafka } from '../support/kafka.ts'
import { createTopicByTool } from '../support/topic-tool.ts'
import { type Product, startProduct, untilReady } from './support/start-product.ts'

const PARTITIONS = 4
const topic = freshTopicName('abuse')
let product: Product
let port: number

beforeAll(async () => {
  const kafka = await sharedKafka()
  await createTopicByTool(kafka, topic, { partitions: PARTITIONS })
  product = await startProduct(kafka.bootstrapServers, {
    REQUEST_TIMEOUT_MS: '1000',
    CONNECTION_INIT_TIMEOUT_MS: '1000',
    KEEP_ALIVE_MS: '1000',
  })
  await untilReady(product)
  port = Number(new URL(product.url).port)
})

afterAll(async () => {
  await product?.[Symbol.asyncDispose]()
})

const WATCH = `subscription { messages(topic: "${topic}") { offset } }`
const mib = () => Math.round(process.memoryUsage().rss / 1024 / 1024)

/** Checks that nothing of a client is left: streams, followed partitions, sockets. */
const nothingIsLeft = async (): Promise<void> => {
  await eventually(
    async () => {
      for (const gauge of ['feeds', 'live_feeds', 'tails', 'followed_partitions', 'connections', 'subscriptions'])
        expect([gauge, await product.metric(`kafka_graphql_${gauge}`)]).toEqual([gauge, 0])
    },
    { within: 20_000, every: 200 },
  )
}

/**
 * Runs abuse, then checks that the program is unchanged. Memory is only logged, because other tests share this process.
 */
const survives = async (name: string, abuse: () => Promise<void>): Promise<void> => {
  const before = mib()
  await abuse()
  await nothingIsLeft()
  expect(await product.run('{ __typename }')).toEqual({ data: { __typename: 'Query' } })
  expect(product.log.filter(({ level }) => level === 'error')).toEqual([])
  console.info(`${name}: ${before} MiB before, ${mib()} MiB after`)
}

test('500 sockets that subscribe and disappear leave nothing behind', () =>
  survives('vanishing sockets', async () => {
    for (let round = 0; round < 10; round++) {
      const clients = await Promise.all(Array.from({ length: 50 }, () => product.socket()))
      for (const [index, client] of clients.entries()) {
        client.subscribe('1', WATCH)
        client.subscribe('2', WATCH)
        // Some before their stream is open, some after.
        if (index % 2 === 0) client.socket.terminate()
      }
      await sleep(20)
      for (const client of clients) client.socket.terminate()
    }
  }))

test('1,000 subscriptions started and completed on one socket leave nothing behind, and the socket stays open', () =>
  survives('subscribe and complete', async () => {
    using client = await product.socket()
    for (let number = 0; number < 1000; number++) {
      const id = String(number)
      client.subscribe(id, WATCH)
      if (number % 3 === 0) await new Promise(resolve => setImmediate(resolve))
      client.send({ type: 'complete', id })
    }
    client.subscribe('last', '{ __typename }')
    for (;;) {
      const { id, type, payload } = await client.next()
      expect([id, type, payload]).not.toContain('error')
      if (id === 'last' && type === 'complete') break
    }
  }))

test('200 broken event streams leave nothing behind', () =>
  survives('event streams', async () => {
    const url = `${product.url}?query=${encodeURIComponent(WATCH)}`
    for (let round = 0; round < 4; round++) {
      const gone = new AbortController()
      const asked = Array.from({ length: 50 }, () =>
        fetch(url, { headers: { accept: 'text/event-stream' }, signal: gone.signal }).then(answer => answer.status),
      )
      const opened = Promise.allSettled(asked)
      await sleep(round * 20)
      gone.abort()
      await opened
    }
  }))

const raw = (text: string): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(text)
      resolve(socket)
    })
    socket.on('error', reject)
    socket.resume()
  })

const HEAD = `POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:0\r\nContent-Type: application/json\r\n`
const ended = (socket: Socket) => new Promise(resolve => socket.once('close', resolve))

test('requests that never end are closed: head, body, silent upgrade', () =>
  survives('requests without end', async () => {
    const head = HEAD.replace(':0', `:${port}`)
    const upgrade = `GET /graphql HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`
    const slow = [
      head,
      `${head}Content-Length: 100\r\n\r\n{"query"`,
      `${head}Transfer-Encoding: chunked\r\n\r\n5\r\n{"que`,
      upgrade,
    ]
    const sockets = await Promise.all(slow.flatMap(text => Array.from({ length: 25 }, () => raw(text))))
    expect(await product.run('{ __typename }')).toEqual({ data: { __typename: 'Query' } })
    await Promise.all(sockets.map(ended))
  }))

test('noise instead of HTTP or of the protocol is refused, and other clients are unaffected', () =>
  survives('noise', async () => {
    using other = await product.socket()
    const noise = [
      '\u0000\u0001\u0002\r\n\r\n',
      'GET\r\n\r\n',
      `${HEAD}Content-Length: -1\r\n\r\n`,
      'x'.repeat(100_000),
    ]
    await Promise.all(noise.map(async text => ended(await raw(text))))
    for (const frame of ['', '{}', '[]', 'null', '{"type":"subscribe"}', '{"type":"subscribe","id":1,"payload":{}}']) {
      using client = await product.socket()
      client.send(frame)
      expect((await client.closed).code).toBe(4400)
    }
    other.subscribe('1', '{ __typename }')
    expect(await other.next()).toMatchObject({ type: 'next' })
  }))
