import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const linesOfEach = 12

/** The last lines that a node wrote: Java's own output first, then Kafka's log. */
export function logTail(logsDir: string): readonly string[] {
  return ['console.log', 'server.log'].flatMap(file => lastLines(join(logsDir, file)))
}

function lastLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').filter(Boolean).slice(-linesOfEach)
  } catch {
    return []
  }
}
