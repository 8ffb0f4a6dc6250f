import type { GraphQLSchema } from 'graphql'

/** An event that every source of a schema yields before it ends. */
export interface OneEvent {
  event: unknown
}

/** Replaces the sources of a schema. Each yields the value of `event` at its opening. */
export const withOneEvent = (schema: GraphQLSchema): OneEvent => {
  const current: OneEvent = { event: null }
  const open = (): AsyncIterableIterator<unknown> => {
    const events = [current.event]
    const source: AsyncIterableIterator<unknown> = {
      next: async () => (events.length > 0 ? { done: false, value: events.pop() } : { done: true, value: undefined }),
      return: async () => ({ done: true, value: undefined }),
      [Symbol.asyncIterator]: () => source,
    }
    return source
  }
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) field.subscribe = open
  return current
}
