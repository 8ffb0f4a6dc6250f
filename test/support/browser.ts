import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const PATH = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const HOW = `no Chromium at ${PATH}: apt-get install -y chromium, or set CHROMIUM_PATH`

/** True when browser tests cannot run here. In CI they must run: there a missing browser fails. */
export const isBrowserMissing = (): boolean => {
  if (existsSync(PATH)) return false
  if (process.env.CI === 'true') throw new Error(HOW)
  console.warn(`skipped, ${HOW}`)
  return true
}

/** Debian's Chromium without a window, and without the browser's own requests. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: PATH,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
