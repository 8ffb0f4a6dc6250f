import { setTimeout as sleep } from 'node:timers/promises'
import { LocalKafkaProblem } from '../local-kafka-problem.ts'
import type { RecordedJava } from './folder-lock.ts'
import { commandLineOf } from './process-identity.ts'

const politeMs = 3000
const killMs = 5000
const pollMs = 50

/** Stops Java processes that a killed owner left in the folder. A process that reuses such an id is left alone. */
export async function stopLeftBehind(processes: readonly RecordedJava[]): Promise<void> {
  await Promise.all(processes.map(stopOne))
}

async function stopOne(java: RecordedJava): Promise<void> {
  if (!isOurs(java)) return
  // A paused process handles SIGTERM only after SIGCONT.
  send(java, 'SIGCONT')
  send(java, 'SIGTERM')
  if (await isGone(java, politeMs)) return
  send(java, 'SIGKILL')
  if (await isGone(java, killMs)) return
  const text = `A Kafka of an earlier run (process ${java.pid}) still uses the folder and cannot be stopped.`
  throw new LocalKafkaProblem('FOLDER_IN_USE', text)
}

async function isGone(java: RecordedJava, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs
  while (isOurs(java)) {
    if (performance.now() > deadline) return false
    await sleep(pollMs)
  }
  return true
}

/** The command line contains a file in the folder that we hold, so it cannot belong to another program. */
function isOurs({ pid, properties }: RecordedJava): boolean {
  return commandLineOf(pid)?.includes(properties) ?? false
}

function send(java: RecordedJava, signal: NodeJS.Signals): void {
  try {
    if (isOurs(java)) process.kill(java.pid, signal)
  } catch {
    // The process ended between the check and the signal.
  }
}
