import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Enough for a last error with its stack trace. */
const tailBytes = 64 * 1024

const logFile = (logsDir: string) => join(logsDir, 'server.log')

/** Size of a node's log in bytes: its next lines start there. */
export function endOfLog(logsDir: string): number {
  return statSync(logFile(logsDir), { throwIfNoEntry: false })?.size ?? 0
}

/**
 * The last lines of a node's log, from byte `from` on. A log shorter than `from` was rolled over and is read from its
 * start.
 */
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
    // The log is missing or cannot be opened. The exit code must do.
    return ''
  }
}
