import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, startApp } from '../../src/app/app.ts'
import { readConfig } from '../../src/config/config.ts'
import { silentLogger } from '../../src/kafka/logger.ts'
import { isBrowserMissing, openBrowser } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { openGraphiQL } from '../support/graphiql-page.ts'
import { type TempDir, tempDir } from '../support/temp-dir.ts'

describe.skipIf(isBrowserMissing())('GraphiQL on a local Kafka that has just started', () => {
  let dir: TempDir
  let app: App

  beforeAll(async () => {
    dir = await tempDir()
    app = await startApp(readConfig([], { PORT: '0', LOCAL_KAFKA_DIR: dir.path }), { logger: silentLogger })
    await app.ready
  })
  afterAll(async () => {
    await app[Symbol.asyncDispose]()
    await dir[Symbol.asyncDispose]()
  })

  test('welcomes, describes the topic, produces, and shows the message as it arrives', async () => {
    await using browser = await openBrowser()
    const watching = await openGraphiQL(browser, app.url)
    await watching.play()
    await eventually(async () => expect(await watching.response()).toContain('"partitionCount": 2'))
    await watching.openTab('DescribeTopic')
    await watching.play()
    await eventually(async () => expect(await watching.response()).toContain('"isr"'))
    await watching.openTab('Messages')
    await watching.play()

    const producing = await openGraphiQL(browser, app.url)
    await producing.openTab('Produce')
    await producing.play()
    await eventually(async () => expect(await producing.response()).toContain('"offset": "0"'))
    await eventually(async () => expect(await watching.response()).toContain('"offset": "0"'))

    for (const { foreign, errors } of [watching, producing]) {
      expect(foreign).toEqual([])
      expect(errors).toEqual([])
    }
  })
})
