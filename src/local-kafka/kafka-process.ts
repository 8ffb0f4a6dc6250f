import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type CauseOfEnd, causeOfEnd } from './cause-of-end.ts'
import type { NodeLayout } from './cluster-layout.ts'
import { type Jvm, logSettings, quickStart } from './jvm.ts'
import type { LocalKafkaExit } from './local-kafka.ts'
import { endOfLog, logTail } from './log-tail.ts'
import { tailOf } from './output-tail.ts'
import { causeOfSpawnFailure } from './system-problem.ts'
import { watchOver } from './watchdog.ts'

/** How a node's Java process ended. */
export type EndOfProcess = Pick<LocalKafkaExit, 'nodeId' | 'code' | 'signal' | 'lastLines'> & {
  readonly cause: CauseOfEnd
}

/** A running node's Java process. */
export interface KafkaProcess {
  /** Undefined when it could not be started: `exited` says why. */
  readonly pid: number | undefined
  /** Settles when the process has ended, however it ended. */
  readonly exited: Promise<EndOfProcess>
  /** Aborted when the process has ended. */
  readonly ended: AbortSignal
  /** Whether somebody asked for its end. */
  readonly isStopping: boolean
  /** SIGTERM, and SIGKILL after `timeoutMs`; settles when the process has ended. */
  stop(timeoutMs: number): Promise<void>
  /** SIGKILL; settles when the process has ended. */
  kill(): Promise<void>
  pause(): void
  resume(): void
}

// 512 MB hold a node with thousands of partitions; it takes 210 MB of memory when idle.
const nodeFlags = ['-Xms256m', '-Xmx512m', ...quickStart, '-XX:+ExitOnOutOfMemoryError', '-Djava.awt.headless=true']
const linesOfEach = 12
/** What a process printed last may arrive after its end. */
const outputWaitMs = 1000

/** Starts a node's Java and has it watched: it ends with our process, whatever ends ours. */
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
      // A paused process would keep SIGTERM for later.
      child.kill('SIGCONT')
      child.kill('SIGTERM')
      await sleep(timeoutMs, undefined, { signal: ended.signal }).then(kill, () => exited)
    },
    kill,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
  }
}

/** Waits for a child's end, which `onEnd` hears of at once, and gathers what it left. */
function endOf(child: ChildProcess, jvm: Jvm, node: NodeLayout, onEnd: () => void): Promise<EndOfProcess> {
  const logBegin = endOfLog(node.logsDir)
  const output = tailOf(child.stdout, child.stderr)
  const closed = new Promise(resolve => child.once('close', resolve))
  const { nodeId } = node
  return new Promise(resolve => {
    child.once('exit', async (code, signal) => {
      onEnd()
      // The open output keeps our process alive; the timer need not.
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
  // Detached: a Ctrl-C in the terminal is for us, and Kafka stops when we stop it.
  return spawn(jvm.java, args, { env: jvm.env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
}
