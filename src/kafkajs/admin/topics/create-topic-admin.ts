import type { TopicAdmin } from '../../../kafka/ports/topic-admin.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
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
  createTopics: (call, topics, options = {}) => createTopics(cluster, call, topics, limits, options).finally(onChange),
  deleteTopics: (call, names) => deleteTopics(cluster, call, names, limits).finally(onChange),
  createPartitions: (call, wanted, options = {}) =>
    createPartitions(cluster, call, wanted, limits, options).finally(onChange),
  deleteRecords: (call, topic, before) => deleteRecords(cluster, call, topic, before, limits).finally(onChange),
})
