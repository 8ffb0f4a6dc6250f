import { LRUCache } from 'lru-cache'
import { type JsonPath, JsonPathProblem, parseJsonPath } from '../../kafka/json-path.ts'
import { badInput } from '../core/errors/failures.ts'

/** Paths are short, and few different ones are in use. */
const KEPT_PATHS = 1000

const kept = new LRUCache<string, JsonPath>({ max: KEPT_PATHS })

/** The path of a text, parsed once for all messages. Equal texts give the same object. @throws GraphQLError BAD_USER_INPUT with the place of the mistake. */
export const jsonPathOf = (text: string): JsonPath => {
  const known = kept.get(text)
  if (known !== undefined) return known
  try {
    const path = parseJsonPath(text)
    kept.set(text, path)
    return path
  } catch (thrown) {
    if (thrown instanceof JsonPathProblem) throw badInput('path', `is no path. ${thrown.message}`)
    throw thrown
  }
}
