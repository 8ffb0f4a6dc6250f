import { pino } from 'pino'
import pretty from 'pino-pretty'
import type { Logger } from '../kafka/logger.ts'

/** The lowest level that is logged. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/** The output of the log. */
export interface LogStream {
  readonly isTTY?: boolean
  write(line: string): void
}

/**
 * Logs one JSON object per line, or readable lines on a terminal. Writes are synchronous: nothing is lost when the
 * process ends.
 */
export const createLogger = (level: LogLevel, stream: LogStream & NodeJS.WritableStream): Logger => {
  const destination = stream.isTTY ? pretty({ destination: stream, colorize: true, ignore: 'pid,hostname' }) : stream
  const log = pino(
    { level, redact: { paths: ['password', '*.password', 'sasl', '*.sasl'], censor: '[hidden]' } },
    destination,
  )
  return {
    debug: (fields, message) => log.debug(fields, message),
    info: (fields, message) => log.info(fields, message),
    warn: (fields, message) => log.warn(fields, message),
    error: (fields, message) => log.error(fields, message),
  }
}
