import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { NodeLayout } from '../data-folder/cluster-layout.ts'
import { type Jvm, logSettings, quickStart } from '../java/jvm.ts'
import type { LocalKafkaExit } from '../local-kafka.ts'
import { causeOfSpawnFailure } from '../system-problem.ts'
import { type CauseOfEnd, causeOfEnd } from './cause-of-end.ts'
import { endOfLog, logTail } from './log-tail.ts'
import { tailOf } from './output-tail.ts'
import { watchOver } from './watchdog.ts'

/** How a node's Java process ended. */
export type EndOfProcess = Pick<LocalKafkaExit, 'nodeId' | 'code' | 'signal' | 'lastLines'> & {
  readonly cause: CauseOfEnd
}

/** A node's Java process. */
export interface KafkaProcess {
  /** Undefined if it could not be started; `exited` then has the reason. */
  readonly pid: number | undefined
  /** Settles when the process has exited, for whatever reason. */
  readonly exited: Promise<EndOfProcess>
  /** Aborted when the process has exited. */
  readonly ended: AbortSignal
  /** Whether we asked the process to stop. */
  readonly isStopping: boolean
  /** SIGTERM, then SIGKILL after `timeoutMs`. Settles when the process has exited. */
  stop(timeoutMs: number): Promise<void>
  /** SIGKILL. Settles when the process has exited. */
  kill(): Promise<void>
  pause(): void
  resume(): void
}

// 512 MB suffice for thousands of partitions. An idle node uses 210 MB.
const nodeFlags = ['-Xms256m', '-Xmx512m', ...quickStart, '-XX:+ExitOnOutOfMemoryError', '-Djava.awt.headless=true']
const linesOfEach = 12
/** The last output may arrive after the exit. */
const outputWaitMs = 1000

/** Starts a node's Java process and a watchdog: Java exits with our process, however ours ends. */
export function startKafkaProcess(jvm: Jvm, node: NodeLayout): KafkaProcess {
  const child = spawnJava(jvm, node)
  const watchdog = child.pid === undefined ? undefined : watchOver(child.pid, jvm.env)
  const ended = new AbortController()
  let isStopping = false
  const exited = endOf(child, jvm, node, () => {
    watchdog?.[Symbol.dispose]()
    ended.abort()
  })
  const kill = async () => {
    isStopping = true
    child.kill('SIGKILL')
    await exited
  }
  return {
    pid: child.pid,
    exited,
    ended: ended.signal,
    get isStopping() {
      return isStopping
    },
    async stop(timeoutMs) {
      isStopping = true
      // A paused process handles SIGTERM only after SIGCONT.
      child.kill('SIGCONT')
      child.kill('SIGTERM')
      await sleep(timeoutMs, undefined, { signal: ended.signal }).then(kill, () => exited)
    },
    kill,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
  }
}

/** Waits for the child's exit, calls `onEnd` at once, then collects its last output. */
function endOf(child: ChildProcess, jvm: Jvm, node: NodeLayout, onEnd: () => void): Promise<EndOfProcess> {
  const logBegin = endOfLog(node.logsDir)
  const output = tailOf(child.stdout, child.stderr)
  const closed = new Promise(resolve => child.once('close', resolve))
  const { nodeId } = node
  return new Promise(resolve => {
    child.once('exit', async (code, signal) => {
      onEnd()
      // The open pipes already keep our process alive, so the timer need not.
      await Promise.race([closed, sleep(outputWaitMs, undefined, { ref: false })])
      const [printed, log] = [output.lines(), logTail(node.logsDir, logBegin)]
      const lastLines = [...printed.slice(-linesOfEach), ...log.slice(-linesOfEach)]
      resolve({ nodeId, code, signal, lastLines, cause: causeOfEnd({ node, code, signal, output: printed, log }) })
    })
    child.on('error', error => {
      onEnd()
      const text = `${jvm.java}: ${causeOfSpawnFailure(error)}`
      resolve({ nodeId, code: null, signal: null, lastLines: [], cause: { kind: 'OTHER', text } })
    })
  })
}

function spawnJava(jvm: Jvm, node: NodeLayout): ChildProcess {
  const logs = [logSettings('log4j2.properties'), `-Dkafka.logs.dir=${node.logsDir}`]
  const crash = `-XX:ErrorFile=${join(node.logsDir, 'java-crash-%p.log')}`
  const args = [...nodeFlags, crash, ...logs, '-cp', jvm.classpath, 'kafka.Kafka', node.propertiesFile]
  // Detached, so that Ctrl-C reaches only us. We then stop Kafka ourselves.
  return spawn(jvm.java, args, { env: jvm.env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
}
