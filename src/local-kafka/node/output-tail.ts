import type { Readable } from 'node:stream'

const tailBytes = 16 * 1024

/** The last lines of a program's output. */
export interface OutputTail {
  lines(): readonly string[]
}

/** Keeps the last output of a child process in memory, which works on a full disk too. */
export function tailOf(...streams: readonly (Readable | null)[]): OutputTail {
  let text = ''
  for (const stream of streams) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(-tailBytes)
    })
    stream?.on('error', () => {})
  }
  return { lines: () => text.split('\n').filter(Boolean) }
}
