import DataLoader from 'dataloader'
import type { ConfigEntry } from '../../kafka/cluster.ts'
import { isFailure, type Outcome } from '../../kafka/errors/kafka-error.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import { operationError, translating } from '../core/errors/failures.ts'
import type { MakeShared } from '../core/loaders.ts'

const MIN_ISR = 'min.insync.replicas'
/** Kafka's own default, for a broker that does not report this config. */
const DEFAULT_MIN_ISR = 1
/** With one config per topic, a response for this many topics takes about 60 KB. */
const MAX_TOPICS = 1000

/** A topic's `min.insync.replicas` among its configs. */
export const minIsrIn = (configs: readonly ConfigEntry[]): number =>
  Number(configs.find(({ name }) => name === MIN_ISR)?.value ?? DEFAULT_MIN_ISR)

const minIsrOf = (outcome: Outcome<readonly ConfigEntry[]>): number | null | Error => {
  if (!isFailure(outcome)) return minIsrIn(outcome)
  return outcome.code === 'UNKNOWN_TOPIC_OR_PARTITION' ? null : operationError(outcome)
}

/** Loads only the `min.insync.replicas` of topics; null for a topic that no longer exists. */
export const minIsrs: MakeShared<DataLoader<TopicName, number | null>> = ({ catalog }, call, schedule) =>
  new DataLoader<TopicName, number | null>(
    names =>
      translating(async () => {
        const resources = names.map(name => ({ type: 'TOPIC' as const, name }))
        return (await catalog.describeConfigs(call, resources, { names: [MIN_ISR] })).map(minIsrOf)
      }),
    { ...schedule, maxBatchSize: MAX_TOPICS },
  )
