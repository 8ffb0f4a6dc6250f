import { setTimeout as sleep } from 'node:timers/promises'
import type { NodeLayout } from '../data-folder/cluster-layout.ts'
import { LocalKafkaProblem } from '../local-kafka-problem.ts'
import { askNodeIds } from './ask-node-ids.ts'
import type { EndOfProcess, KafkaProcess } from './kafka-process.ts'
import { logTail } from './log-tail.ts'

const pollMs = 50
const linesShown = 12

/** A node, its process, and the nodes that it must list. */
export interface ReadyWait {
  readonly node: NodeLayout
  readonly process: KafkaProcess
  readonly expected: readonly number[]
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
}

/** Waits until the node lists the expected nodes. An open port is not enough: brokers register later. */
export async function waitUntilReady({ node, process, expected, timeoutMs, signal }: ReadyWait): Promise<void> {
  const deadline = AbortSignal.timeout(timeoutMs)
  const over = AbortSignal.any([deadline, process.ended, ...(signal ? [signal] : [])])
  while (!(await lists(node, expected, over))) {
    signal?.throwIfAborted()
    if (process.ended.aborted) throw exitProblem(await process.exited, node.logsDir)
    if (deadline.aborted) throw notReady(node, timeoutMs)
    await sleep(pollMs, undefined, { signal: over }).catch(() => {})
  }
}

async function lists(node: NodeLayout, expected: readonly number[], over: AbortSignal): Promise<boolean> {
  try {
    const known = await askNodeIds(node.brokerPort, over)
    return !over.aborted && expected.every(nodeId => known.includes(nodeId))
  } catch {
    return false
  }
}

const problemByCause = {
  DISK_FULL: 'DISK_FULL',
  PORT_TAKEN: 'PORT_TAKEN',
  KILLED: 'KAFKA_EXITED',
  OTHER: 'KAFKA_EXITED',
} as const

function exitProblem({ nodeId, cause, lastLines }: EndOfProcess, logsDir: string): LocalKafkaProblem {
  const lines = lastLines.join('\n')
  const text = `Kafka (node ${nodeId}) exited during its start: ${cause.text}.\nIts logs are in ${logsDir}; the last lines:\n${lines}`
  return new LocalKafkaProblem(problemByCause[cause.kind], text)
}

function notReady(node: NodeLayout, timeoutMs: number): LocalKafkaProblem {
  const lines = logTail(node.logsDir, 0).slice(-linesShown).join('\n')
  const text = `Kafka (node ${node.nodeId}) was not ready within ${timeoutMs} ms. Its logs are in ${node.logsDir}; the last lines:\n${lines}`
  return new LocalKafkaProblem('NOT_READY', text)
}
