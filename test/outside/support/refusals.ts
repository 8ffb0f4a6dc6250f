import type { Product, Told, ToldError } from './start-product.ts'

/** The first response to an operation over a WebSocket, which must stay open. */
export const overWebSocket = async (product: Product, query: string, variables: object = {}): Promise<Told> => {
  using client = await product.socket()
  client.subscribe('1', query, { ...variables })
  const { type, payload } = await client.next()
  client.subscribe('after', '{ __typename }')
  for (;;) {
    const { id, type: next } = await client.next()
    if (id === 'after' && next === 'complete') break
  }
  if (type === 'error') return { errors: payload as ToldError[] }
  return (payload ?? {}) as Told
}

/** The first response to an operation over WebSocket and as an event stream. Both must be equal. */
export const refusedStream = async (product: Product, query: string, variables: object = {}): Promise<ToldError> => {
  const [socket, [event]] = await Promise.all([
    overWebSocket(product, query, variables),
    product.events(query, variables),
  ])
  const [error] = socket.errors ?? []
  if (error === undefined) throw new Error(`not refused over WebSocket: ${JSON.stringify(socket)}`)
  const [same] = event?.errors ?? []
  if (same?.message !== error.message || same?.extensions?.code !== error.extensions?.code)
    throw new Error(`WebSocket says ${JSON.stringify(error)}, the event stream ${JSON.stringify(event)}`)
  return error
}

/** An error's code and message in one string. */
export const saying = (error: ToldError | undefined): string => `${error?.extensions?.code}: ${error?.message}`

/** The errors of a mutation's payload as `CODE at path: message`. */
export const refusalsOf = (told: Told, field: string): readonly string[] => {
  const payload = told.data?.[field] as { errors: { code: string; message: string; path: string[] | null }[] } | null
  if (!payload) throw new Error(`nothing but ${JSON.stringify(told.errors)}`)
  return payload.errors.map(({ code, message, path }) => `${code} at ${path?.join('.') ?? 'nothing'}: ${message}`)
}
