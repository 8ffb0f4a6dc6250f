import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { onceLoaded } from '../../async/once.ts'
import { answerText } from '../http/answers.ts'
import type { GraphiQLTab } from './graphiql-tabs.ts'

/** GraphiQL, served entirely by this server. */
export interface GraphiQL {
  /** True for a browser that opens the endpoint as a page. */
  wants(request: IncomingMessage): boolean
  answerPage(response: ServerResponse): Promise<void>
  answerAsset(path: string, request: IncomingMessage, response: ServerResponse): Promise<void>
}

interface Asset {
  readonly type: string
  readonly body: Buffer
  readonly zipped: Buffer
}

interface Assets {
  /** The asset folder of this version. It changes with the content, so browsers may cache its files for ever. */
  readonly folder: string
  readonly byPath: ReadonlyMap<string, Asset>
}

/** Base path of the assets; their hash and name follow. */
export const GRAPHIQL_PATH = '/graphiql/'
/** The same path in the page. Relative, so that it works under any path prefix of a proxy. */
const RELATIVE_PATH = GRAPHIQL_PATH.slice(1)

/** Starts GraphiQL without an inline script, which the page's policy forbids. */
const BOOT = `
const base = document.currentScript.src.replace(/[^/]*$/, '')
const workers = { editorWorkerService: 'editor.js', json: 'json.js', graphql: 'graphql.js' }
self.MonacoEnvironment = { globalAPI: false, getWorkerUrl: (_module, label) => base + workers[label] }
addEventListener('DOMContentLoaded', () => {
  const options = JSON.parse(document.querySelector('#options').textContent)
  YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), options)
})
`

/** Everything comes from this server. Monaco writes style elements and keeps its icons in data URLs. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const pageOf = (base: string, options: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Kafka over GraphQL</title>
    <link rel="icon" href="${base}icon.svg">
    <link rel="stylesheet" href="${base}graphiql.css">
    <script src="${base}boot.js"></script>
    <script src="${base}graphiql.js" defer></script>
    <script type="application/json" id="options">${options}</script>
  </head>
  <body id="body" class="no-focus-outline">
    <noscript>GraphiQL needs JavaScript.</noscript>
    <div id="root"></div>
  </body>
</html>
`

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#e10098" d="M8 0l7 4v8l-7 4-7-4V4z"/></svg>`

const zip = promisify(gzip)

const SCRIPT = 'text/javascript; charset=utf-8'

/** 9 MB of script, loaded when a browser first opens GraphiQL. */
const loadAssets = async (): Promise<Assets> => {
  const { js, css, editorWorkerService, jsonWorker, graphqlWorker } = await import(
    '@graphql-yoga/render-graphiql/graphiql'
  )
  const sources = [
    ['graphiql.js', SCRIPT, js],
    ['boot.js', SCRIPT, BOOT],
    ['editor.js', SCRIPT, editorWorkerService],
    ['json.js', SCRIPT, jsonWorker],
    ['graphql.js', SCRIPT, graphqlWorker],
    ['graphiql.css', 'text/css; charset=utf-8', css],
    ['icon.svg', 'image/svg+xml', ICON],
  ] as const
  const hash = createHash('sha256')
  for (const [, , source] of sources) hash.update(source)
  const folder = `${hash.digest('hex').slice(0, 16)}/`
  const assets = sources.map(async ([name, type, source]): Promise<[string, Asset]> => {
    const body = Buffer.from(source)
    return [GRAPHIQL_PATH + folder + name, { type, body, zipped: await zip(body) }]
  })
  return { folder, byPath: new Map(await Promise.all(assets)) }
}

/** Inside a script element only `<` could end it. */
const asScriptData = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c')

/** GraphiQL with these tabs. Its endpoint is the page's address, over HTTP and WebSocket. */
export const createGraphiQL = (tabs: readonly GraphiQLTab[]): GraphiQL => {
  const assets = onceLoaded(loadAssets)
  const options = asScriptData({
    title: 'Kafka over GraphQL',
    subscriptionsProtocol: 'WS',
    inputValueDeprecation: true,
    schemaDescription: true,
    ...(tabs.length > 0 ? { defaultTabs: tabs, defaultQuery: tabs[0]?.query } : {}),
  })
  return {
    wants: ({ method, headers }) => method === 'GET' && (headers.accept?.includes('text/html') ?? false),
    async answerPage(response) {
      const { folder } = await assets()
      response.writeHead(200, {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': POLICY,
        'Referrer-Policy': 'no-referrer',
        'Cache-Control': 'no-cache',
      })
      response.end(pageOf(RELATIVE_PATH + folder, options))
    },
    async answerAsset(path, { headers }, response) {
      const asset = (await assets()).byPath.get(path)
      if (asset === undefined) return answerText(response, 404, 'There is no such file.')
      const isZipped = headers['accept-encoding']?.includes('gzip') ?? false
      response.writeHead(200, {
        'Content-Type': asset.type,
        'Cache-Control': 'public, max-age=31536000, immutable',
        ...(isZipped ? { 'Content-Encoding': 'gzip' } : {}),
        Vary: 'Accept-Encoding',
      })
      response.end(isZipped ? asset.zipped : asset.body)
    },
  }
}
