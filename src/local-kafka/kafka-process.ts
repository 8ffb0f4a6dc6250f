import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { NodeLayout } from './cluster-layout.ts'
import { type Jvm, logSettings, quickStart } from './jvm.ts'
import type { LocalKafkaExit } from './local-kafka.ts'
import { logTail } from './log-tail.ts'
import { watchOver } from './watchdog.ts'

/** A running node's Java process. */
export interface KafkaProcess {
  readonly pid: number
  /** Settles when the process has ended, however it ended. */
  readonly exited: Promise<LocalKafkaExit>
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

/** Starts a node's Java and has it watched: it ends with our process, whatever ends ours. */
export function startKafkaProcess(jvm: Jvm, node: NodeLayout): KafkaProcess {
  const child = spawnJava(jvm, node)
  const pid = child.pid
  if (pid === undefined) throw new Error(`${jvm.java} could not be started`)
  const watchdog = watchOver(pid, jvm.env)
  const ended = new AbortController()
  let isStopping = false
  const exited = new Promise<LocalKafkaExit>(resolve => {
    child.once('exit', (code, signal) => {
      watchdog[Symbol.dispose]()
      ended.abort()
      resolve({ nodeId: node.nodeId, code, signal, lastLines: logTail(node.logsDir) })
    })
  })
  const kill = async () => {
    isStopping = true
    child.kill('SIGKILL')
    await exited
  }
  return {
    pid,
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

function spawnJava(jvm: Jvm, node: NodeLayout): ChildProcess {
  const output = openSync(join(node.logsDir, 'console.log'), 'w')
  try {
    const logs = [logSettings('log4j2.properties'), `-Dkafka.logs.dir=${node.logsDir}`]
    const args = [...nodeFlags, ...logs, '-cp', jvm.classpath, 'kafka.Kafka', node.propertiesFile]
    // Detached: a Ctrl-C in the terminal is for us, and Kafka stops when we stop it.
    const child = spawn(jvm.java, args, { env: jvm.env, stdio: ['ignore', output, output], detached: true })
    child.on('error', () => {})
    return child
  } finally {
    closeSync(output)
  }
}
