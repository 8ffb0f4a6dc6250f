import { enumType, parts } from '../core/schema-part.ts'

export const SchemaTypeEnum = enumType('SchemaType', {
  description: 'The language that a schema is written in.',
  values: {
    AVRO: {
      description:
        'Apache Avro: JSON text that names records, their fields and types. Its bytes hold no names, so they can only be read with the schema.',
    },
    PROTOBUF: {
      description:
        'Protocol Buffers: a .proto file with one or more messages. Its bytes hold field numbers, not names.',
    },
    JSON: { description: 'JSON Schema: rules that a JSON value must follow. The bytes themselves are JSON text.' },
  } as const,
})

export const CompatibilityLevelEnum = enumType('CompatibilityLevel', {
  description:
    'The rule that a new version of a subject must follow. It decides who may be upgraded first, because producers and consumers of a topic never change at the same moment. Messages stay in Kafka for long, so consumers must also read what old producers have written.',
  values: {
    NONE: {
      description:
        'Every schema is accepted. Upgrade producers and consumers together, and expect old messages to be unreadable.',
    },
    BACKWARD: {
      description:
        'The new schema reads what was written with the last version: upgrade the consumers first, then the producers. Delete fields, or add fields that have a default. Registries use it unless told otherwise.',
    },
    BACKWARD_TRANSITIVE: {
      description:
        'As BACKWARD, but checked against all versions: a consumer with the new schema reads the whole topic from its beginning.',
    },
    FORWARD: {
      description:
        'The last version reads what is written with the new schema: upgrade the producers first, then the consumers. Add fields, or delete fields that have a default.',
    },
    FORWARD_TRANSITIVE: {
      description: 'As FORWARD, but checked against all versions: consumers of any age read the new messages.',
    },
    FULL: {
      description:
        'BACKWARD and FORWARD with the last version: upgrade producers and consumers in any order. Add or delete only fields that have a default.',
    },
    FULL_TRANSITIVE: { description: 'As FULL, but checked against all versions.' },
  } as const,
})

/** What this file adds to a schema. */
export const registryEnumsParts = parts(SchemaTypeEnum, CompatibilityLevelEnum)
