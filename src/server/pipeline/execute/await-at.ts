import { isUnseen, type Place } from './answer/place.ts'
import type { Execution } from './execution.ts'
import type { FieldPlan } from './plan/field-plan.ts'

/** Continues with a promise's value, unless the place is dead. A rejection or a thrown error becomes an error at the place. */
export const awaitAt = (
  execution: Execution,
  field: FieldPlan,
  place: Place,
  promise: PromiseLike<unknown>,
  onValue: (value: unknown) => void,
): void =>
  execution.work.await(
    promise,
    value => {
      if (isUnseen(place)) return
      try {
        onValue(value)
      } catch (thrown) {
        execution.failAt(field, place, thrown)
      }
    },
    thrown => execution.failAt(field, place, thrown),
  )
