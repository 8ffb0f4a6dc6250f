import type { BatchEvent } from '../../kafka/ports/message-streams.ts'
import type { MessageNode } from './message-type.ts'

const nodesOfBatches = new WeakMap<BatchEvent, readonly MessageNode[]>()

/** The messages of a batch as nodes. All subscribers of a batch get the same objects, so that they can share results. */
export const nodesOf = (batch: BatchEvent): readonly MessageNode[] => {
  const known = nodesOfBatches.get(batch)
  if (known !== undefined) return known
  const nodes = batch.messages.map((message, index) => ({ batch, index, message }))
  nodesOfBatches.set(batch, nodes)
  return nodes
}
