import { isUtf8 } from 'node:buffer'
import { DecodeProblem } from '../schema-codec.ts'
import { decodedScalar, type Format } from './format.ts'

/** Text in UTF-8, as Kafka's StringSerializer writes it. */
export const readText: Format = (bytes, path) => {
  if (!isUtf8(bytes)) throw new DecodeProblem('not valid UTF-8')
  return decodedScalar(bytes.toString('utf8'), path)
}
