import { fileURLToPath } from 'node:url'
import { startApp } from '../../src/app/app.ts'
import { readConfig } from '../../src/config/config.ts'
import { silentLogger } from '../../src/kafka/logger.ts'
import { openBrowser } from '../../test/support/browser.ts'
import { eventually } from '../../test/support/eventually.ts'
import { openGraphiQL } from '../../test/support/graphiql-page.ts'
import { tempDir } from '../../test/support/temp-dir.ts'

// Takes the README's picture: GraphiQL with a running subscription, on a freshly started local Kafka.
const PICTURE = fileURLToPath(new URL('../../docs/graphiql.png', import.meta.url))

const produce = async (url: string): Promise<void> => {
  const query =
    'mutation { produce(input: { topic: "ishwar-topic", messages: [{ key: { string: "order-1" }, value: { json: { item: "tea", quantity: 2 } } }] }) { errors { code } } }'
  await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
}

await using dir = await tempDir()
await using app = await startApp(readConfig([], { PORT: '0', LOCAL_KAFKA_DIR: dir.path }), { logger: silentLogger })
await app.ready
await using browser = await openBrowser()
const graphiql = await openGraphiQL(browser, app.url)
await graphiql.openTab('Messages')
await graphiql.play()
await produce(app.url)
await eventually(async () => {
  if (!(await graphiql.response()).includes('order-1')) throw new Error('the message has not arrived yet')
})
await graphiql.page.locator('button[aria-label="Show Documentation Explorer"]').click()
await graphiql.page.waitForTimeout(1000)
await graphiql.page.screenshot({ path: PICTURE })
console.info(PICTURE)
