import { freePorts } from '../../src/local-kafka/data-folder/free-ports.ts'

/** A port of 127.0.0.1 without a listener. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1)
  if (port === undefined) throw new Error('no free port')
  return port
}
