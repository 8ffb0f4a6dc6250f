import type { ConfigResource } from '../../kafka/cluster.ts'
import { KafkaError } from '../../kafka/kafka-error.ts'

/** True for what holds for all brokers that have no setting of their own: every broker tells it. */
const isDefaultBroker = ({ type, name }: ConfigResource): boolean => type === 'BROKER' && name === ''

/** True where one broker alone tells the configs and checks changes of them: what its properties file and its JVM say. */
const isOfOneBroker = (resource: ConfigResource): boolean =>
  resource.type === 'BROKER_LOGGER' || (resource.type === 'BROKER' && !isDefaultBroker(resource))

/** The broker that must be asked about a resource; null: any. The name has been checked. */
export const homeOf = (resource: ConfigResource): number | null =>
  isOfOneBroker(resource) ? Number(resource.name) : null

/** What is wrong with a resource's name before anybody is asked; null when nothing is. */
export const resourceProblem = (resource: ConfigResource): KafkaError | null =>
  isOfOneBroker(resource) && !/^\d{1,9}$/.test(resource.name)
    ? new KafkaError('INVALID_REQUEST', `a broker is named by its node id, not ${JSON.stringify(resource.name)}`)
    : null
