import type { AbortRequest } from '../../../kafka/ports/transaction-admin.ts'
import type { ApiRequest } from '../../wire/api-request.ts'

/** The result of the marker. */
export interface WrittenMarker {
  readonly errorCode: number
}

/**
 * WriteTxnMarkers v1 with abort: one marker in one partition, with the coordinator epoch of the hanging transaction. v2
 * requires the transaction protocol version, which is unknown for a hanging transaction.
 */
export const abortMarkerRequest = (abort: AbortRequest): ApiRequest<WrittenMarker> => ({
  apiKey: 27,
  apiName: 'WriteTxnMarkers',
  apiVersion: 1,
  isFlexible: true,
  encode: writer => {
    writer.compactArray([abort], ({ producerId, producerEpoch, topic, partition, coordinatorEpoch }) => {
      writer.int64(producerId).int16(producerEpoch).boolean(false)
      writer.compactArray([topic], name =>
        writer
          .compactString(name)
          .compactArray([partition], number => writer.int32(number))
          .noTags(),
      )
      writer.int32(coordinatorEpoch).noTags()
    })
    writer.noTags()
  },
  decode: reader => {
    const markers = reader.compactArray(() => {
      reader.int64() // producer id
      const topics = reader.compactArray(() => {
        reader.compactString() // topic
        const partitions = reader.compactArray(() => {
          reader.int32() // partition
          const errorCode = reader.int16()
          reader.skipTags()
          return { errorCode }
        })
        reader.skipTags()
        return partitions
      })
      reader.skipTags()
      return topics.flat()
    })
    return markers.flat()[0] ?? { errorCode: -1 }
  },
})
