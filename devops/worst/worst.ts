import { writeFile } from 'node:fs/promises'
import { buildSchema } from '../../src/graphql/schema.ts'
import type { Product } from '../bench/harness/product.ts'
import { openStage, type Stage } from '../bench/harness/stage.ts'
import { AT_ONCE, beyondGoals } from './goals.ts'
import { type Measured, measureRequest } from './measure/measure-request.ts'
import { prepareCluster } from './prepare-cluster.ts'
import { markdownTable, terminalLine, type WorstTable } from './report.ts'
import { requestsByHand } from './requests/by-hand.ts'
import { requestsFromSchema } from './requests/from-schema.ts'
import { DEFAULT_SIZES } from './requests/sizes.ts'
import type { WorstRequest } from './requests/worst-request.ts'
import { readWorstOptions, type WorstOptions } from './worst-options.ts'

const say = (text: string): void => console.log(text)

/** A program that restarts: a request may crash it, which is a measurement too. */
class Restarting implements AsyncDisposable {
  readonly #start: () => Promise<Product>
  #product: Product | null = null

  constructor(start: () => Promise<Product>) {
    this.#start = start
  }

  async measure(request: WorstRequest, atOnce: number): Promise<Measured> {
    this.#product ??= await this.#start()
    try {
      return await measureRequest(this.#product, request, atOnce)
    } catch (error) {
      await this[Symbol.asyncDispose]()
      const code = `failed: ${error instanceof Error ? error.message.slice(0, 200) : error}`
      return { name: request.name, atOnce, stopMs: 0, cpuMs: 0, addedMb: 0, answerBytes: 0, livezMs: 0, code }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#product?.[Symbol.asyncDispose]()
    this.#product = null
  }
}

const measureAll = async (stage: Stage, topics: number, options: WorstOptions): Promise<WorstTable> => {
  const { existing, payloads } = await prepareCluster(stage, topics)
  const schema = buildSchema()
  const requests = [
    ...requestsByHand(schema, payloads, DEFAULT_SIZES),
    ...requestsFromSchema(schema, existing, DEFAULT_SIZES),
  ].filter(({ name }) => options.only?.test(name) ?? true)
  const heap = options.heapMb === null ? {} : { NODE_OPTIONS: `--max-old-space-size=${options.heapMb}` }
  await using product = new Restarting(() => stage.product({ MAX_PRODUCE_MESSAGES: '10000', ...heap }))
  const measured: Measured[] = []
  const measure = async (request: WorstRequest, atOnce: number): Promise<void> => {
    const one = await product.measure(request, atOnce)
    measured.push(one)
    if (options.only !== null || atOnce > 1 || beyondGoals(one).length > 0) say(terminalLine(one))
  }
  say(`${requests.length} requests, ${topics} topics`)
  for (const request of requests) await measure(request, 1)
  const byCost = new Map(measured.map(({ name, cpuMs, addedMb }) => [name, cpuMs + addedMb * 10]))
  const worst = [...requests].sort((one, other) => (byCost.get(other.name) ?? 0) - (byCost.get(one.name) ?? 0))
  for (const request of worst.slice(0, options.together)) await measure(request, AT_ONCE)
  return { topics, measured }
}

const main = async (): Promise<void> => {
  const options = readWorstOptions(process.argv.slice(2))
  const tables: WorstTable[] = []
  for (const topics of options.topics) {
    await using stage = await openStage({ nodes: 1, scale: 1, rounds: 1, profileDir: null, say: () => {} })
    tables.push(await measureAll(stage, topics, options))
  }
  const beyond = tables.flatMap(({ measured }) => measured).filter(one => beyondGoals(one).length > 0)
  say(`${beyond.length} measurements beyond the goals`)
  if (options.json !== null) await writeFile(options.json, `${JSON.stringify(tables, null, 1)}\n`)
  if (options.markdown !== null) await writeFile(options.markdown, tables.map(markdownTable).join('\n'))
  if (beyond.length > 0) process.exitCode = 1
}

process.once('SIGINT', () => process.exit(130))
process.once('SIGTERM', () => process.exit(143))
await main().catch(error => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
