import { createClient } from 'graphql-ws'
import {
  MessagesDocument,
  type MessagesSubscription,
  type MessagesSubscriptionVariables,
} from '../generated/operations.ts'
import { type TestApp, textOf } from '../support/app.ts'
import { knownWebSocket } from '../support/known-web-socket.ts'
import type { ReadMessage, ToldMessage } from '../support/oracle.ts'

const readOf = ({ messages }: MessagesSubscription): ReadMessage => ({
  partition: messages.partition,
  offset: BigInt(messages.offset),
  value: messages.value?.string ?? '',
})

/** Produces one message after the other until it is told to stop. */
export const produceSteadily = (app: TestApp, topic: string) => {
  const told: ToldMessage[] = []
  let isStopped = false
  const run = async () => {
    for (let count = 0; !isStopped; count++) {
      const value = `steady-${count}`
      const [written] = await app.produce({ topic, messages: [{ partition: count % 3, value: { string: value } }] })
      if (written) told.push({ value, partition: written.partition, told: 'ACKED', offset: BigInt(written.offset) })
    }
    return told
  }
  const running = run()
  return {
    told,
    stop: () => {
      isStopped = true
      return running
    },
  }
}

/** The stock graphql-ws client as the README has it: the cursor goes into the variables that a new connection sends. */
export const readSteadily = (from: { readonly socketUrl: string }, topic: string) => {
  const { webSocketImpl, cut, opened } = knownWebSocket()
  const retryWait = () => new Promise<void>(resolve => setTimeout(resolve, 50))
  const client = createClient({
    url: from.socketUrl,
    webSocketImpl,
    retryAttempts: 500,
    retryWait,
    shouldRetry: () => true,
  })
  const variables: MessagesSubscriptionVariables = { topic, from: { earliest: true }, after: null }
  const read: ReadMessage[] = []
  const failures: unknown[] = []
  client.subscribe<MessagesSubscription>(
    { query: textOf(MessagesDocument), variables },
    {
      next: ({ data, errors }) => {
        if (errors) failures.push(errors)
        if (!data) return
        read.push(readOf(data))
        variables.after = data.messages.cursor
      },
      error: error => failures.push(error),
      complete: () => failures.push('completed'),
    },
  )
  return { read, failures, cut, opened, leave: async () => client.dispose() }
}
