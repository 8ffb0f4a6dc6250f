import { connect } from 'node:net'

const metadataKey = 3
/**
 * The oldest version with separate encodings for "all topics" (null) and "none" (empty list). Kafka 4 still supports
 * it.
 */
const metadataVersion = 1
const clientId = 'local-kafka'
const attemptMs = 2000

/**
 * Asks the broker on a port of 127.0.0.1 which brokers it knows (Metadata without topics). Rejects if it does not
 * answer.
 */
export function askNodeIds(port: number, signal: AbortSignal): Promise<readonly number[]> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0)
    const socket = connect({ host: '127.0.0.1', port })
    // The `signal` option of connect leaks one listener per attempt.
    const abandon = () => socket.destroy(new Error('abandoned'))
    signal.addEventListener('abort', abandon)
    socket.setTimeout(attemptMs, () => socket.destroy(new Error(`no answer on port ${port} in ${attemptMs} ms`)))
    socket.on('connect', () => socket.write(metadataRequest()))
    socket.on('data', chunk => {
      received = Buffer.concat([received, chunk])
      if (received.length < 4 || received.length < 4 + received.readInt32BE(0)) return
      socket.destroy()
      try {
        resolve(nodeIdsIn(received))
      } catch (error) {
        reject(error)
      }
    })
    socket.on('error', reject)
    socket.on('close', () => {
      signal.removeEventListener('abort', abandon)
      reject(new Error(`port ${port} closed the connection`))
    })
  })
}

function metadataRequest(): Buffer {
  const name = Buffer.from(clientId)
  const request = Buffer.alloc(18 + name.length)
  request.writeInt32BE(request.length - 4, 0)
  request.writeInt16BE(metadataKey, 4)
  request.writeInt16BE(metadataVersion, 6)
  // Bytes 8 to 11: correlation id 0, because this is the only request on the connection.
  request.writeInt16BE(name.length, 12)
  name.copy(request, 14)
  // The last four bytes: an empty topic list.
  return request
}

function nodeIdsIn(response: Buffer): readonly number[] {
  // Skips length and correlation id.
  let at = 8
  const count = response.readInt32BE(at)
  at += 4
  return Array.from({ length: count }, () => {
    const nodeId = response.readInt32BE(at)
    at += 4
    at += 2 + response.readInt16BE(at)
    at += 4
    at += 2 + Math.max(0, response.readInt16BE(at))
    return nodeId
  })
}
