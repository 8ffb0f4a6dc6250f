import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { kafkaTool } from '../../support/kafka-tools.ts'

const program = fileURLToPath(new URL('../../support/java/RecordBatches.java', import.meta.url))

/** Offset, timestamp, key, value, headers; bytes in base64, header names too. */
export type JavaRecord = readonly [
  number,
  number,
  string | null,
  string | null,
  readonly (readonly [string, string | null])[],
]

/** A batch as Kafka's Java code reads it. */
interface JavaBatch {
  readonly baseOffset: number
  readonly lastOffset: number
  readonly magic: number
  readonly compressionType: string
  readonly timestampType: string
  readonly isTransactional: boolean
  readonly isControlBatch: boolean
  readonly producerId: number
  readonly producerEpoch: number
  readonly baseSequence: number
  readonly maxTimestamp: number
  readonly leaderEpoch: number
  readonly count: number
  /** SHA-256 of all records' lines. */
  readonly digest: string
  /** The first 400 records. */
  readonly records: readonly JavaRecord[]
}

/** A file of batches, and what Java reads from it. */
export interface JavaFile {
  readonly name: string
  readonly bytes: Buffer
  readonly batches: readonly JavaBatch[]
}

/** Makes Kafka's Java code write batches of every kind into a folder, or read the `.bin` files there. */
export const javaBatches = async (mode: 'write' | 'read', dir: string): Promise<ReadonlyMap<string, JavaFile>> => {
  const { code, stdout, stderr } = await kafkaTool(program, [mode, dir])
  if (code !== 0) throw new Error(`RecordBatches ended with ${code}:\n${stdout}\n${stderr}`)
  const files = new Map<string, JavaFile>()
  for (const file of await readdir(dir)) {
    if (!file.endsWith('.bin')) continue
    const name = file.slice(0, -'.bin'.length)
    const batches: readonly JavaBatch[] = JSON.parse(await readFile(join(dir, `${name}.json`), 'utf8'))
    files.set(name, { name, bytes: await readFile(join(dir, file)), batches })
  }
  return files
}
