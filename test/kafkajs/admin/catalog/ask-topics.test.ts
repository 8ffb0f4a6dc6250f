import { logLevel } from 'kafkajs'
import { expect, it } from 'vitest'
import { toTopicName } from '../../../../src/kafka/topic-name.ts'
import { askTopics } from '../../../../src/kafkajs/admin/catalog/ask-topics.ts'
import { type MetadataTopic, metadataRequest } from '../../../../src/kafkajs/requests/cluster/metadata.ts'
import { ClusterMap } from '../../../../src/kafkajs/transport/cluster-map.ts'
import { openDoor } from '../../../../src/kafkajs/transport/kafkajs/door.ts'
import { Links } from '../../../../src/kafkajs/transport/links.ts'
import { testCall } from '../../../support/call.ts'
import { freshTopicName, sharedKafka } from '../../../support/kafka.ts'
import { openKafka, testLimits } from '../../open-kafka.ts'

/** What both requests return. Only pages include eligible leaders, and operations without a request for them. */
const common = ({ authorizedOperations: _, partitions, ...topic }: MetadataTopic) => ({
  ...topic,
  partitions: partitions.map(one => ({
    ...one,
    eligibleLeaderReplicas: null,
    lastKnownEligibleLeaderReplicas: null,
  })),
})

it('assembles topics from pages of any size, equal to one Metadata response', async () => {
  const { bootstrapServers } = await sharedKafka()
  const names = [1, 2, 3].map(() => toTopicName(freshTopicName())).sort()
  await using kafka = openKafka(bootstrapServers)
  const wanted = { replicationFactor: 1, replicaAssignments: null, configs: [] }
  await kafka.topicAdmin.createTopics(
    testCall,
    names.map((name, index) => ({ name, numPartitions: index + 3, ...wanted })),
  )

  const brokers = bootstrapServers.split(',')
  const links = new Links(openDoor({ brokers, logLevel: logLevel.NOTHING }), testLimits.links)
  await using cluster = new ClusterMap(links, brokers, testLimits.clusterMap)
  const whole = (await cluster.askAny(() => metadataRequest(names))).topics
  expect(whole.map(({ partitions }) => partitions.length)).toEqual([3, 4, 5])
  const missing = freshTopicName()
  for (const pagePartitions of [1, 2, 5, 2000]) {
    const asked = await askTopics(cluster, [...names, missing], { deadlineMs: 10_000 }, pagePartitions)
    expect(asked.slice(0, 3).map(common), `pages of ${pagePartitions}`).toEqual(whole.map(common))
    expect(asked[3]).toMatchObject({ name: missing, errorCode: 3, partitions: [] })
  }
})
