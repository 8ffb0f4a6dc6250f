import { enumType, parts } from '../core/schema-part.ts'

export const ConfigSource = enumType('ConfigSource', {
  description:
    'The place that a config’s value comes from. If several places set a config, Kafka uses the most specific one.',
  values: {
    DYNAMIC_TOPIC_CONFIG: { description: 'Set on this topic; it overrides the cluster’s default.' },
    DYNAMIC_BROKER_LOGGER_CONFIG: { description: 'The level of a logger, set on this broker at run time.' },
    DYNAMIC_BROKER_CONFIG: { description: 'Set on this broker at run time.' },
    DYNAMIC_DEFAULT_BROKER_CONFIG: { description: 'Set for all brokers at run time.' },
    DYNAMIC_CLIENT_METRICS_CONFIG: { description: 'Set on a client metrics subscription.' },
    DYNAMIC_GROUP_CONFIG: { description: 'Set on a consumer group.' },
    STATIC_BROKER_CONFIG: { description: 'Set in the broker’s properties file.' },
    DEFAULT_CONFIG: { description: 'Kafka’s own default; nobody changed it.' },
    UNKNOWN: { description: 'A place that the broker reports but this API does not know.' },
  } as const,
})

export const ConfigType = enumType('ConfigType', {
  description: 'The type of a config’s value.',
  values: {
    UNKNOWN: { description: 'The broker does not report the type.' },
    BOOLEAN: { description: '`true` or `false`.' },
    STRING: { description: 'Any text.' },
    INT: { description: 'A whole number of 32 bits.' },
    SHORT: { description: 'A whole number of 16 bits.' },
    LONG: { description: 'A whole number of 64 bits.' },
    DOUBLE: { description: 'A number with a fraction.' },
    LIST: { description: 'Values separated by commas.' },
    CLASS: { description: 'The name of a Java class.' },
    PASSWORD: { description: 'A secret. Kafka never returns its value.' },
  } as const,
})

/** What this file adds to a schema. */
export const configEnumsParts = parts(ConfigSource, ConfigType)
