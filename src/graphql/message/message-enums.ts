import { enumType, parts } from '../core/schema-part.ts'

export const CompressionTypeEnum = enumType('CompressionType', {
  description:
    'The compression of a batch of messages, on the network and on Kafka’s disks. Readers decompress it automatically.',
  values: {
    NONE: { description: 'No compression.' },
    GZIP: { description: 'gzip: small output, slow.' },
    SNAPPY: { description: 'Snappy: fast, larger output than gzip.' },
    LZ4: { description: 'LZ4: the fastest.' },
    ZSTD: { description: 'Zstandard: output nearly as small as gzip, much faster.' },
  } as const,
})

export const TimestampTypeEnum = enumType('TimestampType', {
  description: 'The source of a message’s timestamp (the topic’s config `message.timestamp.type`).',
  values: {
    NO_TIMESTAMP_TYPE: {
      description: 'The message has no timestamp. This is the case for messages written before Kafka 0.10.',
    },
    CREATE_TIME: {
      description: 'Set by the producer when it created the message. Such timestamps need not be in order.',
    },
    LOG_APPEND_TIME: { description: 'Set by the leader when it appended the message to its log.' },
  } as const,
})

/** What this file adds to a schema. */
export const messageEnumsParts = parts(CompressionTypeEnum, TimestampTypeEnum)
