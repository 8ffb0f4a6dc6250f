import { randomUUID } from 'node:crypto'
import { KafkaError } from '../../src/kafka/errors/kafka-error.ts'
import { toTopicName } from '../../src/kafka/topic-name.ts'
import { encodeBatch } from '../../src/kafkajs/records/encode/encode-batch.ts'
import { findCoordinatorRequest } from '../../src/kafkajs/requests/cluster/find-coordinator.ts'
import { produceRequest } from '../../src/kafkajs/requests/messages/produce.ts'
import { initProducerIdRequest } from '../../src/kafkajs/requests/transactions/init-producer-id.ts'
import { openSink } from '../kafkajs/write/open-sink.ts'
import { testCall } from './call.ts'
import { eventually } from './eventually.ts'
import type { ToolTarget } from './kafka-tools.ts'

/**
 * Writes a transactional message that no coordinator knows of. Only a broker with
 * `transaction.partition.verification.enable=false` accepts it.
 */
export const openHangingTransaction = async (
  { bootstrapServers }: ToolTarget,
  topic: string,
  partition: number,
  value: string,
): Promise<void> => {
  await using open = openSink(bootstrapServers)
  const { cluster } = open
  const transactionalId = `hanging-${randomUUID()}`
  await cluster.refresh([topic])
  const producer = await eventually(async () => {
    const { address } = await cluster.askAny(() => findCoordinatorRequest(transactionalId))
    const coordinator = await cluster.links.get(address, 'transaction')
    const answer = await coordinator.call(initProducerIdRequest({ transactionalId, timeoutMs: 60_000 }), 5000)
    if (answer.errorCode !== 0) throw new Error(`no producer id: ${answer.errorCode}`)
    return answer
  })
  const message = { key: null, value: Buffer.from(value), headers: [], timestamp: Date.now() }
  const records = await encodeBatch([message], {
    compressionType: 'NONE',
    producer: { ...producer, baseSequence: 0 },
    isTransactional: true,
  })
  const [described] = await open.catalog.describeTopics(testCall, [toTopicName(topic)])
  if (described === undefined || described instanceof KafkaError) throw described
  const leader = cluster.addressOf(described.partitions[partition]?.leader ?? -1)
  const link = await cluster.links.get(leader ?? '', 'produce')
  const partitions = [{ topic, topicId: described.topicId, partition, records }]
  const answers = await link.call(
    produceRequest(link.versions, { acks: 'ALL', transactionalId, timeoutMs: 5000, partitions }),
    10_000,
  )
  const [answer] = answers.values()
  if (answer?.errorCode !== 0) throw new Error(`not written: ${JSON.stringify(answer?.errorCode)}`)
}
