import type { IsolationLevel } from '../../kafka/message.ts'
import { IsolationLevelEnum } from '../partition/isolation-level.ts'
import { MessagePosition, type MessagePositionInput } from './message-position.ts'

/** What both subscriptions are asked for. */
export interface StreamArguments {
  readonly partitions?: readonly number[] | null | undefined
  readonly from?: MessagePositionInput | null | undefined
  readonly after?: string | null | undefined
  readonly to?: MessagePositionInput | null | undefined
  readonly isolationLevel?: IsolationLevel | null | undefined
}

/** These arguments as the schema describes them; `event` is what a subscription calls one of its results. */
export const streamArguments = (event: 'message' | 'event') =>
  ({
    partitions: { description: 'Only these partitions. Left out: all, those that are added later, too.' },
    from: { type: MessagePosition, defaultValue: { latest: true }, description: 'Where to begin.' },
    after: {
      type: 'Cursor',
      description: `Goes on after the ${event} with this cursor; counts more than \`from\`. Null: begins at \`from\`. While Kafka is away, a subscription that resumes waits for it; a new one waits for a limited time and then fails with KAFKA_UNAVAILABLE, whose \`retriable\` is true. Over SSE the header \`Last-Event-ID\` counts more: \`EventSource\` resumes by itself.`,
    },
    to: {
      type: MessagePosition,
      description:
        'Where to end: the subscription completes when every partition has come there. Left out: it goes on for ever.',
    },
    isolationLevel: {
      type: IsolationLevelEnum,
      defaultValue: 'READ_COMMITTED',
      description: 'Whether messages of open and aborted transactions are seen.',
    },
  }) as const
