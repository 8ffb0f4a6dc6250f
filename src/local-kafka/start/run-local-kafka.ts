import type { ClusterLayout } from '../data-folder/cluster-layout.ts'
import type { FolderLock } from '../data-folder/folder-lock.ts'
import type { Jvm } from '../java/jvm.ts'
import type { LocalKafka } from '../local-kafka.ts'
import { LocalKafkaProblem } from '../local-kafka-problem.ts'
import type { RunningCluster } from './running-cluster.ts'

/** A started cluster and its resources. */
export interface StartedCluster {
  readonly cluster: RunningCluster
  readonly layout: ClusterLayout
  readonly dir: string
  readonly jvm: Jvm
  readonly lock: FolderLock
}

/** Creates the handle to a started cluster. The caller must close it. */
export function runLocalKafka({ cluster, layout, dir, jvm, lock }: StartedCluster): LocalKafka {
  let closing: Promise<void> | undefined
  const open = () => {
    if (closing) throw new LocalKafkaProblem('CLOSED', 'the local Kafka is closed')
    return cluster
  }
  const close = () => {
    closing ??= cluster.stopAll().finally(() => lock.release())
    return closing
  }
  return {
    bootstrapServers: layout.nodes.map(node => `127.0.0.1:${node.brokerPort}`).join(','),
    get nodes() {
      return layout.nodes.map(({ nodeId, brokerPort }) => {
        const { process, trouble } = cluster.node(nodeId)
        return { nodeId, host: '127.0.0.1', port: brokerPort, pid: process?.pid, trouble }
      })
    },
    dir,
    classpath: jvm.classpath,
    java: jvm.java,
    stopNode: async nodeId => open().stop(nodeId),
    killNode: async nodeId => open().kill(nodeId),
    pauseNode: nodeId => open().node(nodeId).process?.pause(),
    resumeNode: nodeId => open().node(nodeId).process?.resume(),
    startNode: async nodeId => open().start(nodeId),
    close,
    [Symbol.asyncDispose]: close,
  }
}
