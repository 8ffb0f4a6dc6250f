import type { ConfigResource } from '../../../kafka/cluster.ts'
import { KafkaError } from '../../../kafka/errors/kafka-error.ts'

/** True for the defaults of all brokers, which every broker serves. */
const isDefaultBroker = ({ type, name }: ConfigResource): boolean => type === 'BROKER' && name === ''

/** True for configs that only one broker serves and validates: those of its properties file and its JVM. */
const isOfOneBroker = (resource: ConfigResource): boolean =>
  resource.type === 'BROKER_LOGGER' || (resource.type === 'BROKER' && !isDefaultBroker(resource))

/** The broker that must be asked about a resource; null if any will do. The name must be valid. */
export const homeOf = (resource: ConfigResource): number | null =>
  isOfOneBroker(resource) ? Number(resource.name) : null

/** What is wrong with a resource's name, checked before any request; null if nothing is. */
export const resourceProblem = (resource: ConfigResource): KafkaError | null =>
  isOfOneBroker(resource) && !/^\d{1,9}$/.test(resource.name)
    ? new KafkaError('INVALID_REQUEST', `a broker is named by its node id, not ${JSON.stringify(resource.name)}`)
    : null
