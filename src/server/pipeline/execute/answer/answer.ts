import type { GraphQLError } from 'graphql'
import type { HeldPermit } from '../../results/held-permit.ts'
import type { Selection } from '../plan/field-plan.ts'

/** An object of an answer: the values of its selection, in order. A value takes 8 bytes here; as one of hundreds of properties it would take 40. */
export class AnswerObject {
  readonly selection: Selection
  readonly values: readonly unknown[]

  constructor(selection: Selection, values: readonly unknown[]) {
    this.selection = selection
    this.values = values
  }
}

/** A scalar value that is not a string, number or boolean, as JSON. */
export class AnswerJson {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** The result of a query or mutation, before it is JSON. */
export interface Answer {
  /** Undefined if nothing was executed; the errors give the reason. */
  readonly data: AnswerObject | null | undefined
  readonly errors: readonly GraphQLError[]
  /** True for a mutation: its changes remain even if the answer fails. */
  readonly isMutation: boolean
  /** Give it back once the answer is sent or dropped. */
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
