import { type ClusterHealth, clusterHealthOf, type PartitionAtRisk } from '../../kafka/cluster-health.ts'
import type { HealthSeen } from '../../kafka/ports/watches.ts'
import type { Advance } from '../poll/advance.ts'
import type { Look } from '../poll/shared-poll.ts'
import type { TopicsSnapshot } from '../topics/topics-look.ts'
import type { BrokersSnapshot } from './broker-changes.ts'

/** The health of the cluster at one moment. */
export interface HealthSnapshot extends HealthSeen {
  /** Equal for two moments with the same problems. */
  readonly signature: string
}

const named = ({ topic, partition }: PartitionAtRisk): string =>
  `${topic.topicId}/${partition.partition}/${partition.leader === null}/${partition.isr.join('-')}`

/** The partition count is part of it: a partition with one replica is at its minimum from the start. */
const signatureOf = ({ brokers }: BrokersSnapshot, { health, topics }: HealthSeen): string => {
  const partitions = topics.reduce((sum, topic) => sum + topic.partitions.length, 0)
  const atRisk = [...health.offline, ...health.underReplicated].map(named)
  return JSON.stringify([[...brokers.keys()].sort(), partitions, health.preferredLeaderImbalance, atRisk])
}

/** Derives the problems from the topic and broker polls. */
export const healthLook = (
  lookAtTopics: Look<TopicsSnapshot>,
  lookAtBrokers: Look<BrokersSnapshot>,
): Look<HealthSnapshot> => {
  let topicsSeen: TopicsSnapshot | null = null
  let brokersSeen: BrokersSnapshot | null = null
  return async previous => {
    const [ofTopics, ofBrokers] = await Promise.all([lookAtTopics(topicsSeen), lookAtBrokers(brokersSeen)])
    if (previous !== null && ofTopics === topicsSeen && ofBrokers === brokersSeen) return previous
    topicsSeen = ofTopics
    brokersSeen = ofBrokers
    const topics = [...ofTopics.topics.values()]
    const health: ClusterHealth = clusterHealthOf(topics)
    const seen: HealthSeen = { brokerCount: ofBrokers.brokers.size, topics, health }
    const signature = signatureOf(ofBrokers, seen)
    return previous?.signature === signature ? previous : { ...seen, signature }
  }
}

/** The current problems, if they differ from the previous ones. */
export const healthChanges: Advance<HealthSnapshot, HealthSeen> = (seen, newest) => ({
  seen: newest,
  events: seen.signature === newest.signature ? [] : [newest],
  end: null,
})
