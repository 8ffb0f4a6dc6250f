import { enumType, inputType, parts } from '../core/schema-part.ts'

export const ConfigResourceTypeEnum = enumType('ConfigResourceType', {
  description: 'The kind of a resource that has configs.',
  values: {
    TOPIC: { description: 'A topic, by its name.' },
    BROKER: {
      description:
        'A broker, by its node id: "1". The name "" means the default for all brokers; a broker’s own setting overrides it.',
    },
    BROKER_LOGGER: {
      description:
        'The loggers of a broker, by its node id. Each config is a logger and its value a level. Levels last until the broker restarts.',
    },
    CLIENT_METRICS: {
      description:
        'A client metrics subscription, by its name. It makes brokers ask clients for their metrics (`kafka-client-metrics`).',
    },
    GROUP: {
      description:
        'A group of the newer protocols, by its id. It has settings such as the session timeout and the heartbeat interval.',
    },
  } as const,
})

export const ConfigResourceInput = inputType('ConfigResourceInput', {
  description: 'A resource that has configs, as `kafka-configs --entity-type --entity-name` takes it.',
  fields: t => ({
    type: t.field({ type: ConfigResourceTypeEnum, required: true, description: 'The kind of resource.' }),
    name: t.string({
      required: true,
      description: 'The name of a topic, group or client metrics subscription, or the node id of a broker.',
    }),
  }),
})

/** What this file adds to a schema. */
export const configResourceInputParts = parts(ConfigResourceTypeEnum, ConfigResourceInput)
