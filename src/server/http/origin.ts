import type { IncomingMessage } from 'node:http'
import { isIPv4 } from 'node:net'

/** The rules that decide which requests are served. */
export interface OriginRules {
  /** The configured listen address. */
  readonly boundHost: string
  /** Exact origins of other pages that may use the API. */
  readonly allowedOrigins: readonly string[]
  /** Further names of this server, `name` (any port) or `name:port`, in lower case. */
  readonly allowedHosts: readonly string[]
}

/** The access of a request: none, or everything. `crossOrigin` is the allowed foreign origin that sent it. */
export type Access = { readonly allowed: true; readonly crossOrigin: string | null } | Refusal

/** Why a request is refused. `reason` is also the name of the deciding header. */
export interface Refusal {
  readonly allowed: false
  readonly reason: 'host' | 'origin'
  readonly message: string
}

/** The parts of a request that decide. */
export type AccessRequest = Pick<IncomingMessage, 'headers' | 'method' | 'socket'>

const HOST = /^(\[[0-9a-f:.]+\]|[^:[\]\s]+)(?::(\d{1,5}))?$/

/**
 * True for names that always mean the client's own machine, so that no page can rebind them. `localhost.` and names
 * such as `app.localhost` are not among them, because some resolvers ask DNS for those.
 */
const isLoopback = (name: string): boolean =>
  name === 'localhost' || name === '[::1]' || (name.startsWith('127.') && isIPv4(name))

const literal = (address: string | undefined): string => {
  const plain = address?.replace(/^::ffff:(?=\d+\.)/i, '').toLowerCase() ?? ''
  return plain.includes(':') ? `[${plain}]` : plain
}

/**
 * The accepted Host of a connection's last request. The next request usually has the same one, and this cache saves 1
 * µs.
 */
const ours = new WeakMap<AccessRequest['socket'], { readonly host: string; readonly rules: OriginRules }>()

/**
 * A page can point its own name at this server's address (DNS rebinding), and the browser then treats it as
 * same-origin. Only the Host header reveals that. A numeric address cannot be rebound, so the address that the
 * connection came to is always accepted.
 */
const isOurHost = (host: string, socket: AccessRequest['socket'], rules: OriginRules): boolean => {
  const known = ours.get(socket)
  if (known?.host === host && known.rules === rules) return true
  const isOurs = isNameOfOurs(host, socket, rules)
  if (isOurs) ours.set(socket, { host, rules })
  return isOurs
}

const isNameOfOurs = (host: string, socket: AccessRequest['socket'], rules: OriginRules): boolean => {
  const [, name, port] = HOST.exec(host) ?? []
  if (name === undefined) return false
  if (rules.allowedHosts.includes(host) || rules.allowedHosts.includes(name)) return true
  // Ports differ behind `docker -p`, `kubectl port-forward`, `ssh -L` and the proxy of a dev server.
  if (isLoopback(name)) return true
  const ours = [literal(rules.boundHost), literal(socket.localAddress)]
  return ours.includes(name) && (port === undefined || Number(port) === socket.localPort)
}

const isNavigation = ({ headers, method }: AccessRequest): boolean =>
  method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'

const refused = (reason: Refusal['reason'], message: string): Refusal => ({ allowed: false, reason, message })

/**
 * Checks HTTP requests, WebSocket upgrades and event streams alike, before parsing any of them. Programs send no
 * Origin. A browser sends one with every request that could write, and Sec-Fetch-Site with all others.
 */
export const checkAccess = (request: AccessRequest, rules: OriginRules): Access => {
  const { headers, socket } = request
  const host = headers.host?.toLowerCase() ?? ''
  if (!isOurHost(host, socket, rules))
    return refused('host', 'This server does not go by that name (header Host). ALLOWED_HOSTS adds names.')
  const { origin } = headers
  if (origin === undefined) {
    const site = headers['sec-fetch-site']
    const isForeign = site !== undefined && site !== 'same-origin' && site !== 'none'
    if (isForeign && !isNavigation(request)) return refused('origin', 'Pages of other sites may not use this API.')
    return { allowed: true, crossOrigin: null }
  }
  if (origin === `http://${host}` || origin === `https://${host}`) return { allowed: true, crossOrigin: null }
  if (rules.allowedOrigins.includes(origin)) return { allowed: true, crossOrigin: origin }
  return refused('origin', 'Pages of this origin may not use this API. ALLOWED_ORIGINS adds origins.')
}
