import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const PATH = process.env.CONFLUENT_PYTHON ?? join(root, '.cache/python/bin/python')
const PEER = join(root, 'test/interop/confluent_peer.py')
const HOW = `no Python with Confluent's client at ${PATH}: run "python3 -m venv .cache/python && .cache/python/bin/pip install -r test/interop/requirements.txt", or set CONFLUENT_PYTHON`

/** True when Confluent's client cannot run here. In CI it must run: there a missing one fails. */
export const isPythonMissing = (): boolean => {
  if (existsSync(PATH)) return false
  if (process.env.CI === 'true') throw new Error(HOW)
  console.warn(`skipped, ${HOW}`)
  return true
}

/** Where Kafka and the registry are. */
export interface PeerPlace {
  readonly brokers: string
  readonly registry: string
}

/** What Confluent's client is to do: see `confluent_peer.py`. */
export type PeerJob = Readonly<Record<string, unknown>> & { readonly op: 'write' | 'read' }

/** Runs the jobs, one after the other, in one Python process. @throws Error with what the client printed. */
export const confluentPeer = async (
  { brokers, registry }: PeerPlace,
  jobs: readonly PeerJob[],
): Promise<readonly unknown[]> => {
  const child = spawn(PATH, [PEER], { stdio: ['pipe', 'pipe', 'pipe'] })
  child.stdin.end(JSON.stringify({ registry, brokers, jobs }))
  const [output, printed] = await Promise.all([text(child.stdout), text(child.stderr)])
  try {
    const results: unknown = JSON.parse(output)
    if (Array.isArray(results)) return results
  } catch {
    // The message below shows what was printed instead.
  }
  throw new Error(`Confluent's client failed: ${printed || output}`)
}
