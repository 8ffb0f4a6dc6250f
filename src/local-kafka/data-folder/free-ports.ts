import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

// Below the ephemeral ranges of Linux (from 32768) and macOS (from 49152). Otherwise a client that connects to a
// stopped node's port could get that same port for its own end, and the node could not restart.
const lowest = 20_000
const highest = 32_000
const attempts = 200

/** Finds free ports on 127.0.0.1. Keeps the `wanted` ones that are still free. */
export async function freePorts(count: number, wanted: readonly number[] = []): Promise<readonly number[]> {
  const ports: number[] = []
  for (let index = 0; index < count; index++) {
    const before = wanted[index]
    const keep = before !== undefined && !ports.includes(before) && (await isFree(before))
    ports.push(keep ? before : await anyFreePort(ports))
  }
  return ports
}

async function anyFreePort(except: readonly number[]): Promise<number> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const port = randomInt(lowest, highest)
    if (!except.includes(port) && (await isFree(port))) return port
  }
  throw new Error(`no free port found between ${lowest} and ${highest} in ${attempts} attempts`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)))
  })
}
