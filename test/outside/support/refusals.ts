import type { Product, Told, ToldError } from './start-product.ts'

/** The first thing that an operation is answered over a WebSocket; the socket must outlive it. */
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

/** What an operation is answered first over WebSocket and as an event stream: both must say the same. */
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

/** What an error says, for one look at it: its code and its message. */
export const saying = (error: ToldError | undefined): string => `${error?.extensions?.code}: ${error?.message}`

/** The errors of a mutation's payload as `CODE at path: message`. */
export const refusalsOf = (told: Told, field: string): readonly string[] => {
  const payload = told.data?.[field] as { errors: { code: string; message: string; path: string[] | null }[] } | null
  if (!payload) throw new Error(`nothing but ${JSON.stringify(told.errors)}`)
  return payload.errors.map(({ code, message, path }) => `${code} at ${path?.join('.') ?? 'nothing'}: ${message}`)
}
