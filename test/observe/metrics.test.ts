import { expect, test } from 'vitest'
import { createMetrics } from '../../src/observe/metrics.ts'

test('two servers of a process count for themselves', async () => {
  const one = createMetrics()
  const other = createMetrics()
  one.operationStarted('http', 'query')
  expect(await one.render()).toContain('kafka_graphql_operations_total{transport="http",kind="query"} 1')
  expect(await other.render()).not.toContain('kind="query"')
})

test('an observed number is read when the metrics are', async () => {
  const metrics = createMetrics()
  let feeds = 1
  metrics.observe('feeds', 'Open message streams.', () => feeds)
  feeds = 2
  expect(await metrics.render()).toContain('kafka_graphql_feeds 2')
})
