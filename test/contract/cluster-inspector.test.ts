import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testCall } from '../support/call.ts'
import { createTopic, fresh } from './create-topic.ts'
import { codesOf, valueIn } from './outcome.ts'
import { implementations, type PortsUnderTest } from './ports-under-test.ts'

describe.each(implementations)('cluster inspector of %s', (_, open) => {
  let ports: PortsUnderTest

  beforeAll(async () => {
    ports = await open()
  })

  afterAll(() => ports[Symbol.asyncDispose]())

  it('tells the quorum: its leader is one of its voters', async () => {
    const { leaderId, voters, observers } = await ports.inspector.describeQuorum(testCall)
    expect(leaderId).toBe(1)
    expect(voters.map(({ replicaId }) => replicaId)).toEqual([1])
    expect(observers).toEqual([])
  })

  it('tells the features of the cluster by name', async () => {
    const features = await ports.inspector.describeFeatures(testCall)
    const names = features.map(({ name }) => name)
    expect(names).toContain('metadata.version')
    expect(names).toEqual([...names].sort())
  })

  it.each([1, null])('tells the versions of requests that a broker speaks, by key: broker %s', async nodeId => {
    const versions = await ports.inspector.apiVersions(testCall, nodeId)
    const keys = versions.map(({ apiKey }) => apiKey)
    expect(keys).toEqual([...keys].sort((one, other) => one - other))
    expect(versions).toContainEqual(expect.objectContaining({ apiKey: 3, name: 'Metadata' }))
    expect(versions.every(({ minVersion, maxVersion }) => minVersion <= maxVersion)).toBe(true)
  })

  it('has no versions of a broker that is not there', async () => {
    await expect(ports.inspector.apiVersions(testCall, 77)).rejects.toMatchObject({ code: 'BROKER_NOT_AVAILABLE' })
  })

  it('tells the registered brokers, where Kafka is new enough to know them', async () => {
    const registered = await ports.inspector.registeredBrokers(testCall)
    const { brokers } = await ports.catalog.describeCluster(testCall)
    if (registered !== null) expect(registered).toEqual(brokers.map(broker => ({ ...broker, isFenced: false })))
  })

  it('tells what its principal may do with the cluster, and with each topic in order', async () => {
    expect(await ports.inspector.clusterOperations(testCall)).toContain('ALTER')
    const topic = await createTopic(ports)
    const outcomes = await ports.inspector.topicOperations(testCall, [topic, fresh(), topic])
    expect(codesOf(outcomes)).toEqual([null, 'UNKNOWN_TOPIC_OR_PARTITION', null])
    expect(valueIn(outcomes[0])).toContain('READ')
    expect(outcomes[2]).toEqual(outcomes[0])
  })

  it("throws the signal's reason once it has aborted", async () => {
    const reason = new Error('the client went away')
    const call = { ...testCall, signal: AbortSignal.abort(reason) }
    await expect(ports.inspector.describeQuorum(call)).rejects.toBe(reason)
    await expect(ports.inspector.describeFeatures(call)).rejects.toBe(reason)
    await expect(ports.inspector.topicOperations(call, [fresh()])).rejects.toBe(reason)
  })
})
