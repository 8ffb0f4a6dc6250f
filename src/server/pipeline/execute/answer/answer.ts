import type { GraphQLError } from 'graphql'
import type { HeldPermit } from '../../results/held-permit.ts'
import type { Selection } from '../plan/field-plan.ts'

/** An object of an answer: the values of its selection, in order. A value takes 8 bytes, as a property 40 where there are hundreds. */
export class AnswerObject {
  readonly selection: Selection
  readonly values: readonly unknown[]

  constructor(selection: Selection, values: readonly unknown[]) {
    this.selection = selection
    this.values = values
  }
}

/** A value of a scalar that is no string, number or boolean, as JSON. */
export class AnswerJson {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** What an operation came to. */
export interface Answer {
  /** Undefined: nothing was executed, the errors say why. */
  readonly data: AnswerObject | null | undefined
  readonly errors: readonly GraphQLError[]
  /** True for a mutation: its changes stay, whatever becomes of the answer. */
  readonly isMutation: boolean
  /** To be given back once the answer is written or dropped. */
  readonly permit: HeldPermit
}

const plain = (value: unknown): unknown => {
  if (value instanceof AnswerJson) return JSON.parse(value.text)
  if (Array.isArray(value)) return value.map(plain)
  return value instanceof AnswerObject ? plainData(value) : value
}

/** The data of an answer as objects. */
export const plainData = ({ selection, values }: AnswerObject): Record<string, unknown> => {
  const data: Record<string, unknown> = Object.create(null)
  for (const [slot, key] of selection.responseKeys.entries()) data[key] = plain(values[slot])
  return data
}
