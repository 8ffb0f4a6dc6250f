import type { ConfigResource, ConfigResourceType } from '../../../kafka/cluster.ts'

/** Kafka's number of each resource type. */
const TYPE_NUMBERS: Readonly<Record<ConfigResourceType, number>> = {
  TOPIC: 2,
  BROKER: 4,
  BROKER_LOGGER: 8,
  CLIENT_METRICS: 16,
  GROUP: 32,
}

/** A resource in config requests. */
export interface WireConfigResource {
  readonly type: number
  readonly name: string
}

export const wireConfigType = (type: ConfigResourceType): number => TYPE_NUMBERS[type]

export const wireConfigResource = ({ type, name }: ConfigResource): WireConfigResource => ({
  type: wireConfigType(type),
  name,
})
