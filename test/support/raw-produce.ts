import { toTopicName } from '../../src/kafka/topic-name.ts'
import { produceRequest } from '../../src/kafkajs/requests/messages/produce.ts'
import { valueIn } from '../contract/outcome.ts'
import { openSink } from '../kafkajs/write/open-sink.ts'
import { testCall } from './call.ts'
import type { ToolTarget } from './kafka-tools.ts'

/** Writes a record batch unchanged to partition 0. */
export const produceRaw = async ({ bootstrapServers }: ToolTarget, topic: string, records: Buffer): Promise<void> => {
  await using open = openSink(bootstrapServers)
  const { cluster } = open
  await cluster.refresh([topic])
  const [described] = await open.catalog.describeTopics(testCall, [toTopicName(topic)])
  const { topicId, partitions } = valueIn(described)
  const link = await cluster.links.get(cluster.addressOf(partitions[0]?.leader ?? -1) ?? '', 'produce')
  const body = { acks: 'ALL', transactionalId: null, timeoutMs: 5000 } as const
  const request = produceRequest(link.versions, { ...body, partitions: [{ topic, topicId, partition: 0, records }] })
  const [answer] = (await link.call(request, 10_000)).values()
  if (answer?.errorCode !== 0) throw new Error(`not written: ${answer?.errorCode} ${answer?.errorMessage}`)
}
