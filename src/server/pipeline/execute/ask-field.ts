import type { Place } from './answer/place.ts'
import type { Execution } from './execution.ts'
import type { FieldPlan } from './plan/field-plan.ts'

const hasProperties = (source: unknown): source is Readonly<Record<string, unknown>> =>
  (typeof source === 'object' && source !== null) || typeof source === 'function'

const call = (execution: Execution, field: FieldPlan, source: unknown, place: Place): unknown => {
  const { resolve, definition } = field
  const { contextValue } = execution
  const given = execution.questions.argumentsOf(field)
  if (resolve !== undefined) return resolve(source, given, contextValue, execution.infoOf(field, place))
  if (!hasProperties(source)) return undefined
  const property = source[definition.name]
  if (typeof property !== 'function') return property
  return property.call(source, given, contextValue, execution.infoOf(field, place))
}

/** Calls the field's resolver, or the default resolver, for an object. @throws whatever the resolver throws. */
export const askField = (execution: Execution, field: FieldPlan, source: unknown, place: Place): unknown => {
  const { question } = field
  if (question === null || typeof source !== 'object' || source === null) return call(execution, field, source, place)
  return execution.questions.once(source, question, () => call(execution, field, source, place))
}
