import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
// The type of the global setup's values.
import type {} from './global-kafka.ts'

let shared: Promise<string> | undefined

/** The base URL of the schema registry that all tests of a run share. It starts when the first test asks for it. */
export const sharedRegistry = (): Promise<string> => {
  shared ??= askDoor()
  return shared
}

const askDoor = async (): Promise<string> => {
  const answer = await fetch(`${inject('kafkaDoor')}/registry`, { signal: AbortSignal.timeout(170_000) })
  const text = await answer.text()
  if (!answer.ok) throw new Error(text)
  return text
}

/** A unique name of a subject. */
export const freshSubject = (name = 'test'): string => `${name}-${randomUUID().slice(0, 13)}-value`
