import type { ApiRequest } from './api-request.ts'
import type { Link } from './link.ts'

/** An answer and the connection that brought it. */
export interface AnswerOf<T> {
  readonly link: Link
  readonly answer: T
}

/** `request`, whose answer also names the connection that brought it: of several brokers asked, the first one wins. */
export const answeredBy = <T>(link: Link, request: ApiRequest<T>): ApiRequest<AnswerOf<T>> => ({
  ...request,
  decode: async reader => ({ link, answer: await request.decode(reader) }),
})
