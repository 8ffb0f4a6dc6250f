/** A message with everything that the API tells of it. */
export interface FullMessage {
  readonly topic: { readonly name: string }
  readonly partition: number
  readonly offset: string
  readonly timestamp: string
  readonly timestampMs: string
  readonly timestampType: string
  readonly cursor: string
  readonly isTombstone: boolean
  readonly serializedSize: number
  readonly compressionType: string
  readonly isTransactional: boolean
  readonly key: FullPayload | null
  readonly value: FullPayload | null
  readonly headers: readonly { readonly key: string; readonly value: FullPayload | null }[]
}

interface FullPayload {
  readonly string: string | null
  readonly json: unknown
  readonly base64: string
  readonly hex: string
  readonly size: number
  readonly format: string
}

const PAYLOAD = '{ string json base64 hex size format }'

/** The `messages` subscription with every argument and field. */
export const FULL_MESSAGES = `subscription ($topic: String!, $partitions: [Int!], $from: MessagePosition, $after: Cursor,
    $to: MessagePosition, $isolationLevel: IsolationLevel) {
  messages(topic: $topic, partitions: $partitions, from: $from, after: $after, to: $to, isolationLevel: $isolationLevel) {
    topic { name } partition offset timestamp timestampMs timestampType cursor isTombstone serializedSize compressionType
    isTransactional key ${PAYLOAD} value ${PAYLOAD} headers { key value ${PAYLOAD} }
  }
}`

/** An event of it. */
export interface FullMessages {
  readonly messages: FullMessage
}

/** `partition@offset` of events, in their order. */
export const placesOf = (events: readonly { readonly messages: Pick<FullMessage, 'partition' | 'offset'> }[]) =>
  events.map(({ messages }) => `${messages.partition}@${messages.offset}`)

/** Values of events, in their order. */
export const valuesOf = (
  events: readonly { readonly messages: { readonly value: { readonly string: string | null } | null } }[],
) => events.map(({ messages }) => messages.value?.string)
