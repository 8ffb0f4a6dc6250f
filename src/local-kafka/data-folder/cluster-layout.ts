import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePorts } from './free-ports.ts'

/** The ports and files of one node. */
export interface NodeLayout {
  readonly nodeId: number
  readonly brokerPort: number
  readonly controllerPort: number
  readonly logsDir: string
  readonly dataDir: string
  readonly propertiesFile: string
}

/** The parts of a cluster that stay the same between starts. */
export interface ClusterLayout {
  readonly clusterId: string
  readonly nodes: readonly NodeLayout[]
}

interface Remembered {
  readonly clusterId: string
  readonly ports: readonly number[]
}

/**
 * Chooses the cluster's ids, ports and folders. Reuses the remembered id, and the remembered ports that are still free.
 */
export async function layOutCluster(dir: string, nodes: number, keepPorts: boolean): Promise<ClusterLayout> {
  // A quorum of one cannot become a quorum of three by a restart, so each size has its own data.
  const home = join(dir, `nodes-${nodes}`)
  const file = join(home, 'cluster.json')
  const before = await recall(file)
  const clusterId = before?.clusterId ?? newClusterId()
  const ports = await freePorts(nodes * 2, keepPorts ? before?.ports : [])
  await mkdir(home, { recursive: true })
  await remember(file, { clusterId, ports })
  const layouts = Array.from({ length: nodes }, (_, index) => layOutNode(home, index + 1, ports))
  await Promise.all(layouts.map(layout => mkdir(layout.logsDir, { recursive: true })))
  return { clusterId, nodes: layouts }
}

function layOutNode(home: string, nodeId: number, ports: readonly number[]): NodeLayout {
  const nodeDir = join(home, `node-${nodeId}`)
  return {
    nodeId,
    brokerPort: ports[nodeId * 2 - 2] ?? 0,
    controllerPort: ports[nodeId * 2 - 1] ?? 0,
    logsDir: join(nodeDir, 'logs'),
    dataDir: join(nodeDir, 'data'),
    propertiesFile: join(nodeDir, 'server.properties'),
  }
}

async function recall(file: string): Promise<Remembered | undefined> {
  return existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : undefined
}

async function remember(file: string, what: Remembered): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(what)}\n`)
  await rename(`${file}.new`, file)
}

/**
 * A Kafka Uuid: 16 random bytes in URL-safe base64. It never starts with a dash, which Kafka's tools read as an option.
 */
function newClusterId(): string {
  const id = randomBytes(16).toString('base64url')
  return id.startsWith('-') ? newClusterId() : id
}
