import type { ApiRequest } from '../connection/api-request.ts'

/** Where a transactional id's coordinator listens, or why it is not known. */
export interface FindCoordinatorAnswer {
  readonly errorCode: number
  /** host:port */
  readonly address: string
}

const TRANSACTION = 1

/** FindCoordinator v4 (Kafka 3.0) for one transactional id. Any broker answers it. */
export const findCoordinatorRequest = (transactionalId: string): ApiRequest<FindCoordinatorAnswer> => ({
  apiKey: 10,
  apiName: 'FindCoordinator',
  apiVersion: 4,
  isFlexible: true,
  encode: writer => {
    writer
      .int8(TRANSACTION)
      .compactArray([transactionalId], key => writer.compactString(key))
      .noTags()
  },
  decode: reader => {
    reader.int32() // throttle time
    const [found] = reader.compactArray(() => {
      reader.compactString() // the transactional id
      reader.int32() // node id
      const address = `${reader.compactString()}:${reader.int32()}`
      const errorCode = reader.int16()
      reader.compactString() // error message
      reader.skipTags()
      return { errorCode, address }
    })
    const COORDINATOR_NOT_AVAILABLE = 15
    return found ?? { errorCode: COORDINATOR_NOT_AVAILABLE, address: '' }
  },
})
