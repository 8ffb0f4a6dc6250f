import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ClusterLayout, NodeLayout } from '../data-folder/cluster-layout.ts'
import { type Jvm, logSettings, quickStart } from '../java/jvm.ts'
import { runCommand } from '../java/run-command.ts'
import { LocalKafkaProblem } from '../local-kafka-problem.ts'
import { causeOfEnd } from './cause-of-end.ts'

const formatTimeoutMs = 60_000

/** Whether the node has never run. */
export function needsFormat(node: NodeLayout): boolean {
  return !existsSync(join(node.dataDir, 'meta.properties'))
}

/**
 * Formats a node's empty data folder with Kafka's StorageTool (0.7 s), so that the features have this Kafka's defaults.
 */
export async function formatStorage(
  jvm: Jvm,
  cluster: ClusterLayout,
  node: NodeLayout,
  signal?: AbortSignal,
): Promise<void> {
  const flags = ['-Xmx128m', ...quickStart, logSettings('tools-log4j2.properties'), '-cp', jvm.classpath]
  const format = ['format', '--ignore-formatted', '--cluster-id', cluster.clusterId, '--config', node.propertiesFile]
  const options = { env: jvm.env, timeoutMs: formatTimeoutMs, signal }
  const { code, stdout, stderr } = await runCommand(jvm.java, [...flags, 'kafka.tools.StorageTool', ...format], options)
  if (code === 0) return
  const printed = `${stdout}${stderr}`
  const cause = causeOfEnd({ node, code, signal: null, output: printed.split('\n'), log: [] })
  const text = `Kafka could not prepare its data folder ${node.dataDir}: ${cause.text}\n${printed}`
  throw new LocalKafkaProblem(cause.kind === 'DISK_FULL' ? 'DISK_FULL' : 'FORMAT_FAILED', text)
}
