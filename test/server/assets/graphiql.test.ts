import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readGraphiQLTabs } from '../../../src/server/assets/graphiql-tabs.ts'
import { isBrowserMissing, openBrowser } from '../../support/browser.ts'
import { eventually } from '../../support/eventually.ts'
import { openGraphiQL } from '../../support/graphiql-page.ts'
import { ask } from '../support/ask.ts'
import { startReverseProxy } from '../support/reverse-proxy.ts'
import { startTestServer, type TestServer } from '../support/start-test-server.ts'

const tabs = [
  { query: 'query Welcome { hello(name: "</script><script>alert(1)</script>") }' },
  {
    query: 'subscription Count($to: Int) { count(to: $to, ends: false) { number } }',
    variables: '{ "to": 3 }',
  },
]
let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ tabs })
})
afterAll(() => server.close())

const page = () => ask(server.url, { headers: { accept: 'text/html' } })

describe('the page', () => {
  test('may load from this server only, and cannot be framed', async () => {
    const { headers } = await page()
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/https?:|unsafe-eval/)
  })

  test('keeps the content of operations from becoming markup', async () => {
    const { text } = await page()
    expect(text).not.toContain('alert(1)</script>')
    expect(text).toContain('alert(1)\\u003c/script>')
  })

  test('names assets that may be cached for ever, compressed for clients that accept it', async () => {
    const { text } = await page()
    const links = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(match => match[1] ?? '')
    const paths = links.map(link => new URL(link, server.url).pathname)
    expect(paths).toHaveLength(4)
    for (const path of paths) {
      const plain = await ask(server.origin + path)
      const zipped = await ask(server.origin + path, { headers: { 'accept-encoding': 'gzip' } })
      expect(plain.status, path).toBe(200)
      expect(plain.headers['cache-control']).toContain('immutable')
      expect(zipped.headers['content-encoding']).toBe('gzip')
    }
  })

  test('is served to browsers, while programs get GraphQL', async () => {
    expect((await ask(`${server.url}?query={hello}`)).text).toContain('hello world')
  })
})

test('tabs are the operations of schema/operations, the welcome first, with their variables', async () => {
  const read = await readGraphiQLTabs(new URL('../../../schema/operations/', import.meta.url))
  expect(read.length).toBeGreaterThan(5)
  expect(read[0]?.query).toContain('query Welcome')
  expect(read.find(tab => tab.query.includes('subscription Messages'))?.variables).toContain('ishwar-topic')
})

describe.skipIf(isBrowserMissing())('GraphiQL in Chromium', () => {
  test('loads only from this server, runs a query, shows a subscription’s events', async () => {
    await using browser = await openBrowser()
    const graphiql = await openGraphiQL(browser, server.url)
    await graphiql.openTab('Welcome')
    await graphiql.play()
    await eventually(async () => expect(await graphiql.response()).toContain('"hello": "hello </script>'))
    await graphiql.openTab('Count')
    await graphiql.play()
    await eventually(async () => expect(await graphiql.response()).toContain('"number": 2'))
    expect(server.sources.open).toBe(1)
    await graphiql.play()
    await eventually(() => expect(server.sources.open).toBe(0))
    expect(graphiql.foreign).toEqual([])
    expect(graphiql.errors).toEqual([])
  })

  test.each(['/kafka', ''])('works behind a proxy that serves it below "%s" on another port', async prefix => {
    await using proxy = await startReverseProxy(server.port, prefix)
    await using browser = await openBrowser()
    const graphiql = await openGraphiQL(browser, `http://localhost:${proxy.port}${prefix}/graphql`)
    await graphiql.openTab('Welcome')
    await graphiql.play()
    await eventually(async () => expect(await graphiql.response()).toContain('"hello": "hello </script>'))
    await graphiql.openTab('Count')
    await graphiql.play()
    await eventually(async () => expect(await graphiql.response()).toContain('"number": 2'))
    expect(proxy.strayed).toEqual([])
    expect(graphiql.foreign).toEqual([])
    expect(graphiql.errors).toEqual([])
  })
})
