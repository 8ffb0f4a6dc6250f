import { enumType, parts } from '../schema-part.ts'

/** Where a config's value comes from. */
export const ConfigSource = enumType('ConfigSource', {
  description: 'Where a config’s value comes from. Kafka looks in the order of the most special place first.',
  values: {
    DYNAMIC_TOPIC_CONFIG: { description: 'Set on this topic: an override.' },
    DYNAMIC_BROKER_LOGGER_CONFIG: { description: 'The level of a logger, set on this broker while it runs.' },
    DYNAMIC_BROKER_CONFIG: { description: 'Set on this broker while it runs.' },
    DYNAMIC_DEFAULT_BROKER_CONFIG: { description: 'Set for all brokers while they run.' },
    DYNAMIC_CLIENT_METRICS_CONFIG: { description: 'Set for the metrics that clients send.' },
    DYNAMIC_GROUP_CONFIG: { description: 'Set on a consumer group.' },
    STATIC_BROKER_CONFIG: { description: 'Written in the broker’s properties file.' },
    DEFAULT_CONFIG: { description: 'Kafka’s own default: nobody has set it.' },
    UNKNOWN: { description: 'A place that the broker names and this API does not know.' },
  } as const,
})

/** What kind of value a config takes. */
export const ConfigType = enumType('ConfigType', {
  description: 'What kind of value a config takes.',
  values: {
    UNKNOWN: { description: 'The broker does not tell.' },
    BOOLEAN: { description: '`true` or `false`.' },
    STRING: { description: 'Any text.' },
    INT: { description: 'A whole number of 32 bits.' },
    SHORT: { description: 'A whole number of 16 bits.' },
    LONG: { description: 'A whole number of 64 bits.' },
    DOUBLE: { description: 'A number with a fraction.' },
    LIST: { description: 'Values with commas between them.' },
    CLASS: { description: 'The name of a Java class.' },
    PASSWORD: { description: 'A secret: its value is never told.' },
  } as const,
})

/** What this file adds to a schema. */
export const configEnumsParts = parts(ConfigSource, ConfigType)
