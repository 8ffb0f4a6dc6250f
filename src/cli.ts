#!/usr/bin/env node
import { fileHandleLimit, fileHandleProblem, tooFewFileHandles } from './app/file-handles.ts'

/**
 * Node opens all files of an import at once: 405 in one step, at most 150 in these steps. With too few file handles it
 * reports missing packages, so the handles are counted before anything else is imported.
 */
const loadProgram = async () => {
  await import('./config/config.ts')
  await import('./app/kafka-side.ts')
  await import('./graphql/schema.ts')
  await import('./server/start-server.ts')
  return import('./app/cli-program.ts')
}

const run = async (): Promise<void> => {
  const { runProgram } = await loadProgram()
  await runProgram(process.argv.slice(2))
}

const fail = (what: unknown): void => {
  console.error(what)
  process.exitCode = 1
}

const limit = fileHandleLimit()
const problem = tooFewFileHandles(limit)
if (problem === null) await run().catch(thrown => fail(fileHandleProblem(thrown, limit) ?? thrown))
else fail(problem)
