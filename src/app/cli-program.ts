import { readFileSync } from 'node:fs'
import { type Config, readConfig, renderHelp } from '../config/config.ts'
import { ConfigProblem } from '../config/config-problem.ts'
import { KafkaError } from '../kafka/errors/kafka-error.ts'
import type { Logger } from '../kafka/logger.ts'
import { LocalKafkaProblem } from '../local-kafka/local-kafka-problem.ts'
import { createLogger } from '../observe/log.ts'
import { ListenProblem } from '../server/listen-problem.ts'
import { type App, startApp } from './app.ts'
import { fileHandleLimit, fileHandleProblem } from './file-handles.ts'
import { createStartLines } from './start-lines.ts'

/** A controlled stop of the local Kafka takes up to 10 s, after the grace time of requests. */
const STOP_MARGIN_MS = 15_000

const version = (): string => {
  const about: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  return typeof about === 'object' && about !== null && 'version' in about ? String(about.version) : 'unknown'
}

/** Failures whose message is written for the person who started the program. */
const isForPeople = (thrown: unknown): thrown is Error =>
  [ConfigProblem, ListenProblem, LocalKafkaProblem, KafkaError].some(kind => thrown instanceof kind)

const fail = (thrown: unknown): void => {
  console.error(isForPeople(thrown) ? thrown.message : (fileHandleProblem(thrown, fileHandleLimit()) ?? thrown))
  process.exitCode = 1
}

/** Shuts down once, in order and within a deadline, then ends the process. */
const createLeave = (starting: Promise<App>, config: Config, logger: Logger) => {
  let isLeaving = false
  const leave = async (exitCode: number): Promise<void> => {
    if (isLeaving) return
    isLeaving = true
    process.exitCode = exitCode
    setTimeout(() => {
      logger.error({}, 'shutdown took too long')
      process.exit(1)
    }, config.shutdownGraceMs + STOP_MARGIN_MS).unref()
    try {
      const app = await starting
      await app[Symbol.asyncDispose]()
    } catch (thrown) {
      fail(thrown)
    }
    process.exit()
  }
  return { leave, isLeaving: () => isLeaving }
}

type Leave = ReturnType<typeof createLeave>

/** Under npm, Ctrl-C arrives twice: from the terminal and forwarded by npm. */
const SAME_SIGNAL_MS = 1000

/** The first signal shuts down in order, a second one at once. An uncaught failure also shuts down in order. */
const leaveOnSignals = ({ leave, isLeaving }: Leave, logger: Logger): void => {
  let first = 0
  const onSignal = (signal: NodeJS.Signals, code: number) => {
    process.on(signal, () => {
      if (isLeaving()) {
        if (performance.now() - first > SAME_SIGNAL_MS) process.exit(code)
        return
      }
      first = performance.now()
      logger.info({ signal }, 'shutting down')
      void leave(0)
    })
  }
  onSignal('SIGTERM', 143)
  onSignal('SIGINT', 130)
  const onFailure = (thrown: unknown) => {
    logger.error({ err: thrown }, 'an unexpected failure: shutting down')
    void leave(1)
  }
  process.on('uncaughtException', onFailure)
  process.on('unhandledRejection', onFailure)
}

const run = async (config: Config): Promise<void> => {
  const logger = createLogger(config.logLevel, process.stdout)
  using lines = createStartLines(process.stdout)
  const starting = startApp(config, { logger, onStep: text => lines.step(text) })
  const leaving = createLeave(starting, config, logger)
  leaveOnSignals(leaving, logger)
  const app = await starting
  try {
    await app.ready
    lines.step(`Ready: GraphiQL and the API are at ${app.url}`)
    lines[Symbol.dispose]()
    logger.info({ url: app.url, brokers: app.brokers }, 'ready')
  } catch (thrown) {
    // A signal during the start aborts it; that is not a failure.
    if (leaving.isLeaving()) return
    fail(thrown)
    await leaving.leave(1)
  }
}

const main = async (argv: readonly string[]): Promise<void> => {
  if (argv.includes('--help')) console.log(renderHelp())
  else if (argv.includes('--version')) console.log(version())
  else await run(readConfig(argv, process.env))
}

/** Runs the command: help, version, or the server until a signal ends it. Prints failures. */
export const runProgram = (argv: readonly string[]): Promise<void> => main(argv).catch(fail)
