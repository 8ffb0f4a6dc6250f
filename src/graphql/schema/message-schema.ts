import type { FolderParts } from '../core/schema-part.ts'
import { BatchInput } from '../message/batch-input.ts'
import { messageEnumsParts } from '../message/message-enums.ts'
import { messageStreamSubscriptionParts } from '../message/message-stream-subscription.ts'
import { messageParts } from '../message/message-type.ts'
import { messagesSubscription } from '../message/messages-subscription.ts'
import { streamEventParts } from '../message/stream-event-types.ts'
import { messagePositionParts } from '../partition/message-position.ts'
import { payloadParts } from '../payload/payload-type.ts'

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
