import type { BatchEvent } from '../../kafka/ports/message-streams.ts'
import type { MessageNode } from './message-type.ts'

const nodesOfBatches = new WeakMap<BatchEvent, readonly MessageNode[]>()

/** The messages of a batch: the very same objects for everybody who is handed the batch, so that results can be shared. */
export const nodesOf = (batch: BatchEvent): readonly MessageNode[] => {
  const known = nodesOfBatches.get(batch)
  if (known !== undefined) return known
  const nodes = batch.messages.map((message, index) => ({ batch, index, message }))
  nodesOfBatches.set(batch, nodes)
  return nodes
}
