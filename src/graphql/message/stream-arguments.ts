import type { IsolationLevel } from '../../kafka/message.ts'
import { IsolationLevelEnum } from '../partition/isolation-level.ts'
import { MessagePosition, type MessagePositionInput } from '../partition/message-position.ts'

/** The arguments of both message subscriptions. */
export interface StreamArguments {
  readonly partitions?: readonly number[] | null | undefined
  readonly from?: MessagePositionInput | null | undefined
  readonly after?: string | null | undefined
  readonly to?: MessagePositionInput | null | undefined
  readonly isolationLevel?: IsolationLevel | null | undefined
}

/** The same arguments as the schema describes them. `event`: what the subscription calls one of its results. */
export const streamArguments = (event: 'message' | 'event') =>
  ({
    partitions: { description: 'Only these partitions. Default: all, including partitions added later.' },
    from: { type: MessagePosition, defaultValue: { latest: true }, description: 'Where to start.' },
    after: {
      type: 'Cursor',
      description: `Resume after the ${event} with this cursor; it overrides \`from\`. Null: start at \`from\`. If Kafka is unreachable, a subscription that resumes waits for it; a new one waits for a limited time, then fails with KAFKA_UNAVAILABLE and \`retriable\` true. Over SSE the header \`Last-Event-ID\` overrides this argument, so that \`EventSource\` resumes automatically.`,
    },
    to: {
      type: MessagePosition,
      description:
        'Where to end: the subscription completes when every partition has reached this position. Default: it never ends.',
    },
    isolationLevel: {
      type: IsolationLevelEnum,
      defaultValue: 'READ_COMMITTED',
      description: 'Whether to include messages of open and aborted transactions.',
    },
  }) as const
