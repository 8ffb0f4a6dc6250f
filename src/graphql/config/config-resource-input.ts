import { enumType, inputType, parts } from '../schema-part.ts'

/** What has configs. */
export const ConfigResourceTypeEnum = enumType('ConfigResourceType', {
  description: 'What has configs.',
  values: {
    TOPIC: { description: 'A topic, by its name.' },
    BROKER: {
      description:
        'A broker, by its node id: "1". The name "" stands for all brokers: what is set there holds on each that has no setting of its own.',
    },
    BROKER_LOGGER: {
      description:
        'The loggers of a broker, by its node id: each config is a logger, its value a level. They last until the broker restarts.',
    },
    CLIENT_METRICS: {
      description:
        'A subscription by which brokers ask clients for their metrics, by its name (`kafka-client-metrics`).',
    },
    GROUP: {
      description: 'A group of the newer protocols, by its id: session time-out, heartbeat interval and the like.',
    },
  } as const,
})

/** A resource that has configs. */
export const ConfigResourceInput = inputType('ConfigResourceInput', {
  description: 'Something that has configs, as `kafka-configs --entity-type --entity-name` takes it.',
  fields: t => ({
    type: t.field({ type: ConfigResourceTypeEnum, required: true, description: 'What it is.' }),
    name: t.string({
      required: true,
      description: 'Its name: of a topic, group or client metrics subscription the name, of a broker the node id.',
    }),
  }),
})

/** What this file adds to a schema. */
export const configResourceInputParts = parts(ConfigResourceTypeEnum, ConfigResourceInput)
