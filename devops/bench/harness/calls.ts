/** What a child process of the bench can be asked: each call takes one value and answers one. */
export type Calls = Readonly<Record<string, (input: never) => unknown>>

/** A question to a child. */
interface Question {
  readonly id: number
  readonly call: string
  readonly input: unknown
}

/** A child's answer; `error` is the text of what was thrown. */
export interface Answer {
  readonly id: number
  readonly result?: unknown
  readonly error?: string
}

/** The id under which a role says that it listens. */
export const READY = 0

const isQuestion = (message: unknown): message is Question =>
  typeof message === 'object' && message !== null && 'call' in message && 'id' in message

/** Answers the parent's questions; names that are not in `calls` are left to other listeners of the same process. */
export const answerCalls = (calls: Calls): void => {
  process.on('message', async message => {
    if (!isQuestion(message)) return
    const call = calls[message.call]
    if (call === undefined) return
    try {
      // What crosses between processes has no type; the parent's side takes it from these very calls.
      const result = await call(message.input as never)
      process.send?.({ id: message.id, result } satisfies Answer)
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
      process.send?.({ id: message.id, error: text } satisfies Answer)
    }
  })
}
