import { DecodeProblem } from '../schema-codec.ts'
import { bytesText, decodedScalar, type Format } from './format.ts'

/** Nothing, as Kafka's VoidSerializer writes it. */
export const readNull: Format = (bytes, path) => {
  if (bytes.length > 0) throw new DecodeProblem(`not empty: it has ${bytesText(bytes.length)}`)
  return decodedScalar(null, path)
}
