import { cursor } from '../binary/cursor.ts'
import { SIZED, type TypeCodec, VARINT } from './type-codec.ts'

/** Passes a value by its width if it has one, which is faster than a call of its codec. */
export const skipValue = (codec: TypeCodec): void => {
  const { width } = codec
  if (width === SIZED) cursor.take(cursor.size())
  else if (width === VARINT) cursor.skipVarint()
  else if (width >= 0) cursor.take(width)
  else codec.skip()
}

/** Passes all blocks of an array or a map, by their sizes where they have one. */
export const skipBlocks = (item: TypeCodec, hasKeys: boolean): void => {
  cursor.enter()
  for (let count = cursor.signedBlock(); count !== 0; count = cursor.signedBlock()) {
    if (count < 0) cursor.take(cursor.size())
    else if (!hasKeys && item.width >= 0) cursor.take(count * item.width)
    else
      for (let left = count; left > 0; left--) {
        if (hasKeys) cursor.take(cursor.size())
        skipValue(item)
      }
  }
  cursor.leave()
}
