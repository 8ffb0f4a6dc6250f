import type { FolderParts } from '../schema-part.ts'
import { BatchInput } from './batch-input.ts'
import { messageEnumsParts } from './message-enums.ts'
import { messagePositionParts } from './message-position.ts'
import { messageStreamSubscriptionParts } from './message-stream-subscription.ts'
import { messageParts } from './message-type.ts'
import { messagesSubscription } from './messages-subscription.ts'
import { payloadParts } from './payload-type.ts'
import { streamEventParts } from './stream-event-types.ts'

/** What the schema says of messages. */
export const messageSchema: FolderParts = {
  reads: [
    BatchInput,
    messageEnumsParts,
    messagePositionParts,
    messageStreamSubscriptionParts,
    messageParts,
    messagesSubscription,
    payloadParts,
    streamEventParts,
  ],
}
