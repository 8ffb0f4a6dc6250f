import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Holds a last error with its stack. */
const tailBytes = 64 * 1024

const logFile = (logsDir: string) => join(logsDir, 'server.log')

/** Where a node's log ends, in bytes: what it writes next begins there. */
export function endOfLog(logsDir: string): number {
  return statSync(logFile(logsDir), { throwIfNoEntry: false })?.size ?? 0
}

/** The last lines of a node's log, of those written at byte `from` or later. A log that has been rolled over is a new one. */
export function logTail(logsDir: string, from: number): readonly string[] {
  const size = endOfLog(logsDir)
  const begin = Math.max(size < from ? 0 : from, size - tailBytes)
  return readFrom(logFile(logsDir), begin, size - begin)
    .split('\n')
    .filter(Boolean)
}

function readFrom(file: string, at: number, length: number): string {
  try {
    const fd = openSync(file, 'r')
    try {
      const bytes = Buffer.alloc(length)
      return bytes.toString('utf8', 0, readSync(fd, bytes, 0, length, at))
    } finally {
      closeSync(fd)
    }
  } catch {
    // No log, or no handle to read it with: the exit code has to do.
    return ''
  }
}
