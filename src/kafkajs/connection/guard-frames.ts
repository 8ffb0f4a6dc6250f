/** The part of KafkaJS's Connection that takes what its socket brings. */
export interface ReadingConnection {
  readonly socket?: { readonly destroyed: boolean; destroy(error: Error): void }
  processData(chunk: Buffer): void
}

/** Bytes of the number that says how long an answer is, and of the correlation id that each begins with. */
const PREFIX = 4
const SHORTEST = 4
/** Far above any answer that is asked for; text (HTTP, SSH) and TLS records read as a length are all above it. */
const LONGEST = 256 * 1024 * 1024

/** How the failure of a connection begins whose peer speaks another protocol. */
export const STRANGER = 'what answers is no Kafka'
/** What follows where that protocol is TLS. */
export const SPEAKS_TLS = 'it speaks TLS there'

/** What a length that is none says about who answers. */
const strangerOf = (prefix: Buffer): string => {
  if (/^[\x20-\x7e]{4}$/.test(prefix.toString('latin1'))) return `it begins with "${prefix.toString('latin1')}"`
  // A TLS record: alert, handshake or data, of version 3.x.
  if ([0x15, 0x16, 0x17].includes(prefix[0] ?? 0) && prefix[1] === 3) return SPEAKS_TLS
  return `an answer of ${prefix.readInt32BE(0)} bytes`
}

/** Walks the lengths of the answers in a stream of chunks. @throws Error at one that no Kafka sends. */
const lengthChecker = (): ((chunk: Buffer) => void) => {
  const prefix = Buffer.alloc(PREFIX)
  let known = 0
  let left = 0
  return chunk => {
    for (let at = 0; at < chunk.length; ) {
      if (left > 0) {
        const passed = Math.min(left, chunk.length - at)
        left -= passed
        at += passed
        continue
      }
      const copied = chunk.copy(prefix, known, at)
      known += copied
      at += copied
      if (known < PREFIX) return
      known = 0
      left = prefix.readInt32BE(0)
      if (left < SHORTEST || left > LONGEST) throw new Error(`${STRANGER}: ${strangerOf(prefix)}`)
    }
  }
}

/**
 * Ends a connection whose peer says a length that no Kafka says. KafkaJS throws out of the socket's event, which ends the
 * process, on less than 4 bytes or a negative length, and gathers whatever comes up to 2 GiB: 0.9 GB in 1.5 s were measured.
 */
export const guardFrames = (connection: ReadingConnection): void => {
  const read = connection.processData.bind(connection)
  const check = lengthChecker()
  connection.processData = chunk => {
    const { socket } = connection
    // What it had sent before it was ended still comes.
    if (socket === undefined || socket.destroyed) return
    try {
      check(chunk)
      read(chunk)
    } catch (thrown) {
      socket.destroy(thrown instanceof Error ? thrown : new Error(String(thrown)))
    }
  }
}
