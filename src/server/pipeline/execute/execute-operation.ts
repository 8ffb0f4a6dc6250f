import { GraphQLError } from 'graphql'
import { AnswerObject } from './answer/answer.ts'
import { executeField, executeFields } from './complete-value.ts'
import type { Execution } from './execution.ts'

/** Executes the fields of a query together and those of a mutation one after the other. @throws GraphQLError if it cannot begin. */
export const executeOperation = (execution: Execution): void => {
  const { plan, rootValue } = execution
  const { schema, operation } = plan
  const type = schema.getRootType(operation.operation)
  if (!type)
    throw new GraphQLError(`Schema is not configured to execute ${operation.operation} operation.`, {
      nodes: operation,
    })
  const selection = plan.rootSelection(type)
  const values: unknown[] = new Array(selection.keys.length)
  const data = new AnswerObject(selection, values)
  execution.takeObject(selection.bytes, values.length)
  if (plan.isMutation) {
    const begin = selection.fields.map(field => () => executeField(execution, field, undefined, rootValue, values))
    execution.begin(data, begin)
  } else {
    execution.begin(data, [])
    executeFields(execution, selection, undefined, rootValue, values)
  }
}
