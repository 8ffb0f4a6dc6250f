import { expect, it } from 'vitest'
import { toTopicName } from '../src/kafka/topic-name.ts'
import { createLateKafka } from '../src/late-kafka.ts'

it('a Kafka that has not arrived may still come, until the program leaves', async () => {
  const late = createLateKafka()
  const ask = () => late.ports.catalog.describeTopics([toTopicName('t')])
  await expect(ask()).rejects.toMatchObject({ code: 'KAFKA_UNAVAILABLE', retriable: true })
  late.end()
  await expect(ask()).rejects.toMatchObject({ code: 'CLOSED' })
})
