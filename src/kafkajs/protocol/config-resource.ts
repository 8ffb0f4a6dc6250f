import type { ConfigResource, ConfigResourceType } from '../../kafka/cluster.ts'

/** Kafka's number of each kind of resource. */
const TYPE_NUMBERS: Readonly<Record<ConfigResourceType, number>> = {
  TOPIC: 2,
  BROKER: 4,
  BROKER_LOGGER: 8,
  CLIENT_METRICS: 16,
  GROUP: 32,
}

/** A resource as the requests about configs name it. */
export interface WireConfigResource {
  readonly type: number
  readonly name: string
}

/** Kafka's number of a kind of resource. */
export const wireConfigType = (type: ConfigResourceType): number => TYPE_NUMBERS[type]

/** A resource as on the wire. */
export const wireConfigResource = ({ type, name }: ConfigResource): WireConfigResource => ({
  type: wireConfigType(type),
  name,
})
