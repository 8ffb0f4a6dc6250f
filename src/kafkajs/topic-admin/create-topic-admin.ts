import type { TopicAdmin } from '../../kafka/ports.ts'
import type { ClusterMap } from '../connection/cluster-map.ts'
import { createPartitions } from './create-partitions.ts'
import { createTopics } from './create-topics.ts'
import { deleteRecords } from './delete-records.ts'
import { deleteTopics } from './delete-topics.ts'
import type { TopicAdminLimits } from './topic-admin-limits.ts'

/** Dependencies of the topic admin. */
export interface TopicAdminParts {
  readonly cluster: ClusterMap
  readonly limits: TopicAdminLimits
  /** Called after every change, including failed ones, because caches may be stale. */
  readonly onChange: () => void
}

/** Changes topics, with one request per call. */
export const createTopicAdmin = ({ cluster, limits, onChange }: TopicAdminParts): TopicAdmin => ({
  createTopics: (topics, options = {}) => createTopics(cluster, topics, limits, options).finally(onChange),
  deleteTopics: (names, options = {}) => deleteTopics(cluster, names, limits, options).finally(onChange),
  createPartitions: (wanted, options = {}) => createPartitions(cluster, wanted, limits, options).finally(onChange),
  deleteRecords: (topic, before, options = {}) =>
    deleteRecords(cluster, topic, before, limits, options).finally(onChange),
})
