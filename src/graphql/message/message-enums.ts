import { enumType, parts } from '../schema-part.ts'

/** How a batch of messages is compressed. */
export const CompressionTypeEnum = enumType('CompressionType', {
  description:
    'How a batch of messages is compressed, on the way to Kafka and on its disks. Readers decompress by themselves.',
  values: {
    NONE: { description: 'Not at all.' },
    GZIP: { description: 'gzip: small, slow.' },
    SNAPPY: { description: 'Snappy: quick, less small.' },
    LZ4: { description: 'LZ4: the quickest.' },
    ZSTD: { description: 'Zstandard: nearly as small as gzip, much quicker.' },
  } as const,
})

/** Who gave a message its timestamp. */
export const TimestampTypeEnum = enumType('TimestampType', {
  description: 'Who gave a message its timestamp (the topic’s config `message.timestamp.type`).',
  values: {
    NO_TIMESTAMP_TYPE: { description: 'Nobody: it has none. Messages written before Kafka 0.10 are so.' },
    CREATE_TIME: { description: 'Its producer, as it created the message. Such timestamps need not be in order.' },
    LOG_APPEND_TIME: { description: 'The leader, as it appended the message to its log.' },
  } as const,
})

/** What this file adds to a schema. */
export const messageEnumsParts = parts(CompressionTypeEnum, TimestampTypeEnum)
