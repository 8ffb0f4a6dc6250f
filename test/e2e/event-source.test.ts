import { createServer } from 'node:http'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig, silentLogger, startApp } from '../../src/index.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { isBrowserMissing, openBrowser } from '../support/browser.ts'
import { type EventSourcePage, runEventSourceRecipe } from '../support/event-source-page.ts'
import { eventually } from '../support/eventually.ts'
import { freePort } from '../support/free-port.ts'
import { startLine } from '../support/line.ts'
import { ownKafka } from '../support/local-kafka.ts'
import { ALL_KEPT, judge, type ToldMessage } from '../support/oracle.ts'

const PARTITIONS = 3

/** Produces until it is stopped, and once more whenever it is asked. */
const startProducer = (app: TestApp, topic: string) => {
  const told: ToldMessage[] = []
  let isStopped = false
  const one = async () => {
    const partition = told.length % PARTITIONS
    const value = `${partition}:${told.length}`
    const [written] = await app.produce({ topic, messages: [{ partition, value: { string: value } }] })
    if (written) told.push({ value, partition, told: 'ACKED', offset: BigInt(written.offset) })
  }
  const run = async () => {
    while (!isStopped) await one()
  }
  let running = Promise.resolve()
  return {
    told,
    one,
    start: () => {
      running = run()
    },
    stop: async () => {
      isStopped = true
      await running
    },
  }
}

/** Resolves when the page has read so many. */
const untilRead = (page: EventSourcePage, count: number): Promise<void> =>
  eventually(async () => expect((await page.read()).length).toBeGreaterThanOrEqual(count), { within: 60_000 })

/** Resolves when the page has read so many more. */
const untilMore = async (page: EventSourcePage, more: number): Promise<void> =>
  untilRead(page, (await page.read()).length + more)

describe.skipIf(isBrowserMissing())('the EventSource recipe of the README, in Chromium', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  test('resumes by itself over five torn connections and a restart of the server: nothing is lost or doubled', async () => {
    const [port, linePort] = [await freePort(), await freePort()]
    const settings = { PORT: String(port), ALLOWED_HOSTS: '127.0.0.1' }
    await using other = await startTestApp()
    const topic = await other.freshTopic({ numPartitions: PARTITIONS })
    let app = await startTestApp(settings)
    await using line = await startLine({ port: linePort, farPort: port })
    const page = await browser.newPage()
    const host = `127.0.0.1:${linePort}`
    await page.goto(`http://${host}/livez`)
    const recipe = await runEventSourceRecipe(page, { host, topic })
    await app.untilStreams(1)
    const producer = startProducer(other, topic)
    await eventually(async () => expect(line.hasCarried('\nid: ')).toBe(true))
    // The browser has read what came before this answer: the cursor of the start is with it.
    await page.evaluate(() => fetch('/livez').then(answer => answer.text()))
    // Torn before its first event: it began at "latest", and what comes meanwhile is part of it.
    line.cut()
    await app.untilStreams(0)
    for (let count = 0; count < PARTITIONS; count++) await producer.one()
    await untilRead(recipe, PARTITIONS)
    producer.start()
    for (let cuts = 0; cuts < 4; cuts++) {
      await untilMore(recipe, 50)
      line.cut()
    }
    await untilMore(recipe, 50)
    await app[Symbol.asyncDispose]()
    app = await startTestApp(settings)
    await untilMore(recipe, 50)
    await producer.stop()
    await eventually(async () => expect(await recipe.read()).toHaveLength(producer.told.length))
    console.info(`${producer.told.length} messages`)
    expect(judge(producer.told, await recipe.read())).toEqual(ALL_KEPT)
    expect(await recipe.errors()).toEqual([])
    await page.close()
    await app.untilStreams(0)
    await app[Symbol.asyncDispose]()
  }, 180_000)

  test('of a page of another origin waits for a Kafka that is away, also while the server starts again', async () => {
    await using kafka = await ownKafka({ nodes: 1 })
    const origin = createServer((_, response) => response.end('a page'))
    await new Promise<void>(resolve => origin.listen(0, '127.0.0.1', resolve))
    const address = origin.address()
    const pageUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
    const port = await freePort()
    const settings = {
      PORT: String(port),
      KAFKA_BROKERS: kafka.bootstrapServers,
      KAFKA_TIMEOUT_MS: '2000',
      ALLOWED_ORIGINS: pageUrl,
      LOG_LEVEL: 'silent',
    }
    let app = await startTestApp(settings)
    const topic = await app.freshTopic({ numPartitions: PARTITIONS })
    const page = await browser.newPage()
    await page.goto(pageUrl)
    const recipe = await runEventSourceRecipe(page, { host: `127.0.0.1:${port}`, topic })
    await app.untilStreams(1)
    const producer = startProducer(app, topic)
    await producer.one()
    await untilRead(recipe, 1)
    await kafka.killNode(1)
    await app[Symbol.asyncDispose]()
    // Listens, and has no Kafka.
    const dark = await startApp(readConfig([], settings), { logger: silentLogger })
    const streams = async () => (await fetch(new URL('/metrics', dark.url))).text()
    await eventually(async () => expect(await streams()).toMatch(/connections\{transport="sse"\} 1/))
    await kafka.startNode(1)
    await dark.ready
    await dark[Symbol.asyncDispose]()
    app = await startTestApp(settings)
    const after = startProducer(app, topic)
    await after.one()
    await untilRead(recipe, 2)
    expect((await recipe.read()).map(({ offset }) => offset)).toEqual([0n, 1n])
    expect(await recipe.errors()).toEqual([])
    await page.close()
    await app[Symbol.asyncDispose]()
    origin.close()
  }, 180_000)
})
