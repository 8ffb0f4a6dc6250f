import { jsonPathText } from '../kafka/payload/json-path.ts'
import { shown } from '../kafka/text.ts'
import { EncodeProblem } from './schema-codec.ts'

/** A place in the value that is written, from the inside out. Its text is made only if something is wrong there. */
export interface Place {
  readonly outer: Place | null
  readonly step: string | number
  readonly depth: number
}

/** The whole value. */
export const ROOT: Place = { outer: null, step: '$', depth: 0 }

/** A field or an item of the value at a place. */
export const placeIn = (outer: Place, step: string | number): Place => ({ outer, step, depth: outer.depth + 1 })

/** The path of a place, such as `$.lines[0].price`. */
export const pathText = (place: Place): string => {
  const steps: (string | number)[] = []
  for (let at = place; at.outer !== null; at = at.outer) steps.push(at.step)
  return jsonPathText(steps.reverse())
}

/** What is wrong at a place. */
export const problemAt = (place: Place, problem: string): EncodeProblem => new EncodeProblem(pathText(place), problem)

/** What a place should have, and what it has. */
export const mismatchAt = (place: Place, expected: string, found: unknown): EncodeProblem =>
  problemAt(place, `expected ${expected}, found ${found === undefined ? 'nothing' : shown(found)}`)
