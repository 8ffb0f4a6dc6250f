import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { quickStart } from '../local-kafka/java/jvm.ts'
import { tailOf } from '../local-kafka/node/output-tail.ts'
import { watchOver } from '../local-kafka/node/watchdog.ts'
import { causeOfSpawnFailure } from '../local-kafka/system-problem.ts'
import { RUNNER } from './apicurio-files.ts'
import type { RegistryLayout } from './registry-layout.ts'

/** How a registry's Java is run. */
export interface RegistryJvm {
  readonly java: string
  /** The folder of the unpacked Apicurio. */
  readonly files: string
  readonly env: NodeJS.ProcessEnv
}

/** A registry's Java process. */
export interface RegistryProcess {
  readonly pid: number | undefined
  /** Settles with the reason, as a clause, when the process has ended. */
  readonly ended: Promise<string>
  /** Aborted when the process has ended. */
  readonly over: AbortSignal
  /** SIGTERM, then SIGKILL after a while. Settles when the process has ended. */
  stop(): Promise<void>
}

/** Apicurio uses 240 MB, 100 of them heap. */
const FLAGS = ['-Xmx300m', ...quickStart, '-XX:+ExitOnOutOfMemoryError', '-Djava.awt.headless=true']
const STOP_MS = 5000
const OUTPUT_WAIT_MS = 500
const LINES_SHOWN = 6

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/No space left on device|Disk quota exceeded/, 'no space is left on the disk of its data folder'],
  [/Address already in use|already bound|BindException/, 'another program listens on its port'],
  [/OutOfMemoryError/, 'it ran out of its 300 MB of Java memory'],
  [/insufficient memory|Cannot allocate memory|Could not reserve enough space/i, 'Java cannot get enough memory'],
  [/may be already in use|The file is locked/, 'another process uses its database'],
  [/UnsupportedClassVersionError/, 'its Java is too old: it needs Java 17'],
]

const causeOf = (code: number | null, signal: NodeJS.Signals | null, lines: readonly string[]): string => {
  const known = REASONS.find(([pattern]) => lines.some(line => pattern.test(line)))?.[1]
  if (known !== undefined) return known
  if (signal !== null) return `it was ended by ${signal}`
  return [`Java exited with exit code ${code}`, ...lines.slice(-LINES_SHOWN)].join('\n')
}

const spawnJava = ({ java, files, env }: RegistryJvm, { dir, propertiesFile }: RegistryLayout): ChildProcess => {
  const config = `-Dquarkus.config.locations=${propertiesFile}`
  const crash = `-XX:ErrorFile=${join(dir, 'java-crash-%p.log')}`
  const args = [...FLAGS, crash, config, '-jar', join(files, RUNNER)]
  // Detached, so that Ctrl-C reaches only us. We then stop the registry ourselves.
  return spawn(java, args, { cwd: dir, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
}

/** Starts a registry's Java process and a watchdog: Java exits with our process, however ours ends. */
export const startRegistryProcess = (jvm: RegistryJvm, layout: RegistryLayout): RegistryProcess => {
  const child = spawnJava(jvm, layout)
  const watchdog = child.pid === undefined ? undefined : watchOver(child.pid, jvm.env)
  const over = new AbortController()
  const output = tailOf(child.stdout, child.stderr)
  const ended = new Promise<string>(resolve => {
    const closed = new Promise(done => child.once('close', done))
    child.once('exit', async (code, signal) => {
      watchdog?.[Symbol.dispose]()
      over.abort()
      await Promise.race([closed, sleep(OUTPUT_WAIT_MS, undefined, { ref: false })])
      resolve(causeOf(code, signal, output.lines()))
    })
    child.on('error', error => {
      watchdog?.[Symbol.dispose]()
      over.abort()
      resolve(`${jvm.java}: ${causeOfSpawnFailure(error)}`)
    })
  })
  return {
    pid: child.pid,
    ended,
    over: over.signal,
    async stop() {
      child.kill('SIGCONT')
      child.kill('SIGTERM')
      await sleep(STOP_MS, undefined, { signal: over.signal }).then(
        () => void child.kill('SIGKILL'),
        () => undefined,
      )
      await ended
    },
  }
}
