import type { ApiRequest } from '../wire/api-request.ts'
import type { Link } from './link.ts'

/** A response and the connection that received it. */
export interface AnswerOf<T> {
  readonly link: Link
  readonly answer: T
}

/**
 * Extends `request` to also return the connection that received the response. If several brokers are asked, the first
 * one wins.
 */
export const answeredBy = <T>(link: Link, request: ApiRequest<T>): ApiRequest<AnswerOf<T>> => ({
  ...request,
  decode: async reader => ({ link, answer: await request.decode(reader) }),
})
