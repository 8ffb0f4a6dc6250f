import { ownCall } from '../../src/kafka/ports/call.ts'

/** A call that nobody gives up. With a signal: `{ ...testCall, signal }`. */
export const testCall = ownCall()
