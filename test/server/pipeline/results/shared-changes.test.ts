import { expect, it } from 'vitest'
import { PassQueue } from '../../../../src/async/pass-queue.ts'
import { createContext } from '../../../../src/graphql/core/context.ts'
import { buildSchema } from '../../../../src/graphql/schema.ts'
import { createPayloadReader } from '../../../../src/payloads/read/payload-reader.ts'
import { ReadyResult } from '../../../../src/server/pipeline/results/ready-result.ts'
import { createSubscribe } from '../../../../src/server/pipeline/subscribe/subscription.ts'
import { PartitionChangesDocument } from '../../../generated/operations.ts'
import { harness, limits } from '../../../graphql/harness.ts'

it('a change is executed and serialised once for all watchers of the same thing', async () => {
  const { kafka, ports } = harness({ brokers: 3, topics: { orders: 1 } })
  const subscribe = createSubscribe({ sharedResultBytes: 1 << 20, maxQueryFields: 1000 })
  const newContext = createContext({ ports, payloads: createPayloadReader(), limits, passes: new PassQueue() })
  const schema = buildSchema()
  const open = async () => {
    const variableValues = { topics: ['orders'], interval: 'PT0.1S' }
    const results = await subscribe({
      schema,
      document: PartitionChangesDocument,
      variableValues,
      contextValue: newContext(),
    })
    if (!(Symbol.asyncIterator in results)) throw new Error(JSON.stringify(results))
    return results
  }
  const all = await Promise.all([open(), open(), open()])
  const waiting = Promise.all(all.map(results => results.next()))
  kafka.setLeader('orders', 0, 2)
  const [first, ...others] = (await waiting).map(({ value }) => value)
  expect(first).toBeInstanceOf(ReadyResult)
  for (const other of others) expect(other).toBe(first)
  for (const results of all) await results.return?.()
})
