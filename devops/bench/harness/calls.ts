/** The functions that the parent can call in a child process of the bench. Each takes one value and returns one. */
export type Calls = Readonly<Record<string, (input: never) => unknown>>

/** A call to a child. */
interface Question {
  readonly id: number
  readonly call: string
  readonly input: unknown
}

/** A child's response; `error` is the text of the thrown error. */
export interface Answer {
  readonly id: number
  readonly result?: unknown
  readonly error?: string
}

/** The id with which a role reports that it listens. */
export const READY = 0

const isQuestion = (message: unknown): message is Question =>
  typeof message === 'object' && message !== null && 'call' in message && 'id' in message

/** Serves the parent's calls. Names that are not in `calls` are left to other listeners of the same process. */
export const answerCalls = (calls: Calls): void => {
  process.on('message', async message => {
    if (!isQuestion(message)) return
    const call = calls[message.call]
    if (call === undefined) return
    try {
      // Values between processes have no type; the parent's side derives it from these calls.
      const result = await call(message.input as never)
      process.send?.({ id: message.id, result } satisfies Answer)
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
      process.send?.({ id: message.id, error: text } satisfies Answer)
    }
  })
}
