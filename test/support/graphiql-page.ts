import type { Browser, Page } from 'playwright-core'
import { eventually } from './eventually.ts'

/** GraphiQL in a browser, with the lists that must stay empty while it is used. */
export interface GraphiQLPage {
  readonly page: Page
  /** Requests to any host but the server. */
  readonly foreign: readonly string[]
  /** Errors of the console, of scripts and of the page's policy. */
  readonly errors: readonly string[]
  /** Opens the tab of the operation with this name. */
  openTab(name: string): Promise<void>
  /** Presses the play button (or stop, while a subscription runs). */
  play(): Promise<void>
  /** The visible lines of the response. */
  response(): Promise<string>
}

/** GraphiQL reads an editor's content half a second after a change. */
const TAB_IS_READ_MS = 600

/** Opens GraphiQL at `url`. */
export const openGraphiQL = async (browser: Browser, url: string): Promise<GraphiQLPage> => {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } })
  const { host } = new URL(url)
  const foreign: string[] = []
  const errors: string[] = []
  page.on('request', request => {
    const asked = new URL(request.url())
    if (asked.host !== host && asked.protocol !== 'data:' && asked.protocol !== 'blob:') foreign.push(request.url())
  })
  page.on('websocket', socket => {
    if (new URL(socket.url()).host !== host) foreign.push(socket.url())
  })
  page.on('console', message => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', error => errors.push(error.message))
  await page.goto(url)
  await page.locator('.graphiql-execute-button').waitFor()
  const button = page.locator('.graphiql-execute-button')
  // Monaco shows spaces as no-break spaces.
  const response = async () => {
    const lines = await page.locator('.graphiql-response .view-line').allTextContents()
    return lines.join('\n').replaceAll('\u00a0', ' ')
  }
  return {
    page,
    foreign,
    errors,
    response,
    // A click before the editors exist is lost.
    openTab: name =>
      eventually(async () => {
        await page
          .locator('.graphiql-tab-button', { hasText: new RegExp(`^${name}$`) })
          .first()
          .click()
        await page.waitForTimeout(TAB_IS_READ_MS)
        const lines = await page.locator('.graphiql-query-editor .view-line').allTextContents()
        const operation = new RegExp(`(query|mutation|subscription)\\s${name}\\b`)
        if (!lines.some(line => operation.test(line))) throw new Error(`the tab ${name} is not open yet`)
      }),
    // GraphiQL reads a tab's operations a moment after opening it. Until then it runs the last tab's.
    play: async () => {
      await page.waitForTimeout(TAB_IS_READ_MS)
      await eventually(async () => {
        await button.click()
        await page.waitForTimeout(TAB_IS_READ_MS)
        if ((await response()).includes('Cannot infer operation')) throw new Error('the tab is not read yet')
      })
    },
  }
}
