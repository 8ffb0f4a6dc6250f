import type { ApiRequest } from '../../wire/api-request.ts'

/** The kinds of keys that have a coordinator. */
type CoordinatorKeyType = 'GROUP' | 'TRANSACTION'

/** The coordinator of one key, or an error. */
export interface FoundCoordinator {
  /** The group id or transactional id. */
  readonly key: string
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly nodeId: number
  /** host:port */
  readonly address: string
}

const KEY_TYPES = { GROUP: 0, TRANSACTION: 1 } as const
const COORDINATOR_NOT_AVAILABLE = 15

/** FindCoordinator v4 (Kafka 3.0 and newer) for many keys of one type. Any broker answers it. */
export const findCoordinatorsRequest = (
  type: CoordinatorKeyType,
  keys: readonly string[],
): ApiRequest<readonly FoundCoordinator[]> => ({
  apiKey: 10,
  apiName: 'FindCoordinator',
  apiVersion: 4,
  isFlexible: true,
  encode: writer => {
    writer
      .int8(KEY_TYPES[type])
      .compactArray(keys, key => writer.compactString(key))
      .noTags()
  },
  decode: reader => {
    reader.throttleTime()
    return reader.compactArray(() => {
      const key = reader.compactString() ?? ''
      const nodeId = reader.int32()
      const address = `${reader.compactString()}:${reader.int32()}`
      const found = { key, nodeId, address, errorCode: reader.int16(), errorMessage: reader.compactString() }
      reader.skipTags()
      return found
    })
  },
})

/** FindCoordinator for one transactional id. */
export const findCoordinatorRequest = (
  transactionalId: string,
): ApiRequest<Pick<FoundCoordinator, 'errorCode' | 'address'>> => {
  const request = findCoordinatorsRequest('TRANSACTION', [transactionalId])
  return {
    ...request,
    decode: async reader => {
      const [found] = await request.decode(reader)
      return found ?? { errorCode: COORDINATOR_NOT_AVAILABLE, address: '' }
    },
  }
}
