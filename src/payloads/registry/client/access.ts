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
  /** `isFresh`: a new connection, for a request that must not be lost on one that the registry is just closing. */
  of(url: URL, isFresh: boolean): HttpAgent
}

/** Opens connections on demand, and keeps them for the next request. */
export const openAgents = ({ tls }: RegistryAccess, concurrency: number): RegistryAgents => {
  const kept = { keepAlive: true, maxSockets: concurrency, maxFreeSockets: 4 }
  const fresh = { keepAlive: false, maxSockets: concurrency }
  const identity = {
    ...(tls?.ca == null ? {} : { ca: tls.ca }),
    ...(tls?.cert == null ? {} : { cert: tls.cert }),
    ...(tls?.key == null ? {} : { key: tls.key }),
  }
  const plain = { kept: new HttpAgent(kept), fresh: new HttpAgent(fresh) }
  const secure = { kept: new HttpsAgent({ ...kept, ...identity }), fresh: new HttpsAgent({ ...fresh, ...identity }) }
  return {
    of: ({ protocol }, isFresh) => {
      const agents = protocol === 'https:' ? secure : plain
      return isFresh ? agents.fresh : agents.kept
    },
    [Symbol.dispose]() {
      for (const agent of [plain.kept, plain.fresh, secure.kept, secure.fresh]) agent.destroy()
    },
  }
}
