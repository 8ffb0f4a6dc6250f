import { mkdir, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type ClusterLayout, layOutCluster } from '../data-folder/cluster-layout.ts'
import { type FolderLock, lockFolder } from '../data-folder/folder-lock.ts'
import { nodeProperties } from '../data-folder/node-properties.ts'
import { stopLeftBehind } from '../data-folder/stop-left-behind.ts'
import { findJava } from '../java/find-java.ts'
import type { Jvm } from '../java/jvm.ts'
import { kafkaClasspath } from '../java/kafka-jars.ts'
import type { LocalKafka, LocalKafkaOptions } from '../local-kafka.ts'
import { LocalKafkaProblem } from '../local-kafka-problem.ts'
import { formatStorage, needsFormat } from '../node/format-storage.ts'
import { folderProblem, lackProblem } from '../system-problem.ts'
import { runLocalKafka } from './run-local-kafka.ts'
import { RunningCluster } from './running-cluster.ts'

// Another program may take a port between our choice and Java's bind.
const portAttempts = 3

/** Starts a Kafka cluster on its data folder. Settles once every node lists all nodes. */
export async function startLocalKafka(options: LocalKafkaOptions): Promise<LocalKafka> {
  const started = performance.now()
  const dir = resolve(options.dir)
  // Find Java and the jars first: if they are missing, the folder stays untouched.
  const found = Promise.all([findJava(options.env, options.signal), kafkaClasspath(options)])
  const [java, classpath] = await found.catch(error => {
    throw lackProblem(error)
  })
  await mkdir(dir, { recursive: true }).catch(cause => {
    throw new LocalKafkaProblem('FOLDER_UNUSABLE', `The data folder ${dir} cannot be created: ${cause}`, { cause })
  })
  const lock = lockOf(dir)
  try {
    await stopLeftBehind(lock.leftBehind)
    const jvm: Jvm = { java, classpath, env: options.env }
    const { cluster, layout } = await startCluster(options, dir, jvm, lock)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    const kafka = runLocalKafka({ cluster, layout, dir, jvm, lock })
    const brokers = kafka.nodes.map(
      ({ nodeId, host, port, pid }) => `broker ${nodeId} at ${host}:${port}, process ${pid}`,
    )
    options.onStep?.({ name: 'ready', text: `Kafka is ready in ${seconds} s (${brokers.join('; ')})` })
    return kafka
  } catch (error) {
    lock.release()
    throw folderProblem(error, dir)
  }
}

function lockOf(dir: string): FolderLock {
  try {
    return lockFolder(dir)
  } catch (error) {
    throw folderProblem(error, dir)
  }
}

async function startCluster(options: LocalKafkaOptions, dir: string, jvm: Jvm, lock: FolderLock) {
  for (let attempt = 1; ; attempt++) {
    options.signal?.throwIfAborted()
    const layout = await prepare(options, dir, jvm, attempt === 1)
    const { startTimeoutMs = 90_000, stopTimeoutMs = 10_000 } = options
    const cluster = new RunningCluster({ ...options, jvm, layout, lock, startTimeoutMs, stopTimeoutMs })
    options.onStep?.({ name: 'start', text: `Starting Kafka (${options.nodes === 1 ? 'one node' : 'three nodes'})` })
    try {
      await cluster.startAll()
      return { cluster, layout }
    } catch (error) {
      await cluster.stopAll()
      const isPortTaken = error instanceof LocalKafkaProblem && error.reason === 'PORT_TAKEN'
      if (!isPortTaken || attempt === portAttempts) throw error
    }
  }
}

/** Writes each node's settings and formats data folders that were never used. */
async function prepare(options: LocalKafkaOptions, dir: string, jvm: Jvm, keepPorts: boolean): Promise<ClusterLayout> {
  const layout = await layOutCluster(dir, options.nodes, keepPorts)
  const { extraProperties = {} } = options
  const extraOf = typeof extraProperties === 'function' ? extraProperties : () => extraProperties
  const write = layout.nodes.map(node => writeFile(node.propertiesFile, nodeProperties(node, layout, extraOf(node))))
  await Promise.all(write)
  const empty = layout.nodes.filter(needsFormat)
  if (empty.length > 0) options.onStep?.({ name: 'format', text: `Preparing the data folder ${dir}` })
  await Promise.all(empty.map(node => formatStorage(jvm, layout, node, options.signal)))
  return layout
}
