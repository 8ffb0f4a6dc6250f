import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'

/** Where a registry is, and how this server logs in. */
export interface RegistryAccess {
  /** The bases of the API on the nodes of one registry, tried in turn. A text: why none is known yet. */
  readonly urls: () => readonly string[] | string
  readonly username?: string | null | undefined
  readonly password?: string | null | undefined
  readonly token?: string | null | undefined
  readonly tls?: {
    readonly ca: string | null
    readonly cert: string | null
    readonly key: string | null
  }
}

/** The header that logs in; none without credentials. */
export const authorizationOf = ({ username, password, token }: RegistryAccess): Readonly<Record<string, string>> => {
  if (token != null) return { authorization: `Bearer ${token}` }
  if (username == null) return {}
  return { authorization: `Basic ${Buffer.from(`${username}:${password ?? ''}`, 'utf8').toString('base64')}` }
}

/** The connections to a registry. */
export interface RegistryAgents extends Disposable {
  of(url: URL): HttpAgent
}

/** Opens connections on demand, and keeps them for the next request. */
export const openAgents = ({ tls }: RegistryAccess, concurrency: number): RegistryAgents => {
  const options = { keepAlive: true, maxSockets: concurrency, maxFreeSockets: 4 }
  const http = new HttpAgent(options)
  const https = new HttpsAgent({
    ...options,
    ...(tls?.ca == null ? {} : { ca: tls.ca }),
    ...(tls?.cert == null ? {} : { cert: tls.cert }),
    ...(tls?.key == null ? {} : { key: tls.key }),
  })
  return {
    of: url => (url.protocol === 'https:' ? https : http),
    [Symbol.dispose]() {
      http.destroy()
      https.destroy()
    },
  }
}
