import type { ClusterLayout, NodeLayout } from './cluster-layout.ts'

/** The text of a node's server.properties. */
export function nodeProperties(
  node: NodeLayout,
  cluster: ClusterLayout,
  extra: Readonly<Record<string, string>>,
): string {
  const voters = cluster.nodes.map(({ nodeId, controllerPort }) => `${nodeId}@127.0.0.1:${controllerPort}`)
  const properties = {
    'process.roles': 'broker,controller',
    'node.id': node.nodeId,
    'controller.quorum.voters': voters.join(','),
    listeners: `PLAINTEXT://127.0.0.1:${node.brokerPort},CONTROLLER://127.0.0.1:${node.controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${node.brokerPort}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name': 'PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': node.dataDir,
    ...replication(cluster.nodes.length),
    ...quickness,
    ...smallness,
    ...extra,
  }
  // Java properties use the backslash as an escape.
  const line = ([key, value]: [string, unknown]) => `${key}=${String(value).replaceAll('\\', '\\\\')}`
  return `${Object.entries(properties).map(line).join('\n')}\n`
}

function replication(nodes: number): Readonly<Record<string, number>> {
  const factor = Math.min(3, nodes)
  const minInSync = nodes === 1 ? 1 : 2
  return {
    'default.replication.factor': factor,
    'min.insync.replicas': minInSync,
    'offsets.topic.replication.factor': factor,
    'transaction.state.log.replication.factor': factor,
    'transaction.state.log.min.isr': minInSync,
    'share.coordinator.state.topic.replication.factor': factor,
    'share.coordinator.state.topic.min.isr': minInSync,
  }
}

// A dead broker is detected after 6 s instead of 9 s, and a group's first member does not wait 3 s for others.
const quickness = {
  'group.initial.rebalance.delay.ms': 0,
  'broker.session.timeout.ms': 6000,
  'broker.heartbeat.interval.ms': 1000,
}

// Kafka's defaults suit servers: 50 partitions per internal topic, and 128 MB for the log cleaner.
const smallness = {
  'auto.create.topics.enable': false,
  'offsets.topic.num.partitions': 5,
  'transaction.state.log.num.partitions': 5,
  'share.coordinator.state.topic.num.partitions': 5,
  'log.cleaner.dedupe.buffer.size': 8 * 1024 * 1024,
  'num.network.threads': 2,
  'num.io.threads': 4,
}
