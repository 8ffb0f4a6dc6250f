import { DecodeProblem } from '../schema-codec.ts'
import { decodedScalar, type Format } from './format.ts'

/** Nothing, as Kafka's VoidSerializer writes it. */
export const readNull: Format = (bytes, path) => {
  if (bytes.length > 0) throw new DecodeProblem(`not empty: it has ${bytes.length} bytes`)
  return decodedScalar(null, path)
}
