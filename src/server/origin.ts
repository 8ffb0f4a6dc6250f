import type { IncomingMessage } from 'node:http'
import { isIPv4 } from 'node:net'

/** Whose requests are served. */
export interface OriginRules {
  /** The address that the server was told to listen on. */
  readonly boundHost: string
  /** Exact origins of other pages that may use the API. */
  readonly allowedOrigins: readonly string[]
  /** Further names of this server, `name` (any port) or `name:port`, in lower case. */
  readonly allowedHosts: readonly string[]
}

/** What a request may do: nothing, or everything; `crossOrigin` is the allowed foreign origin that it came from. */
export type Access = { readonly allowed: true; readonly crossOrigin: string | null } | Refusal

/** Why a request may do nothing. `reason` is also the name of the header that decided. */
export interface Refusal {
  readonly allowed: false
  readonly reason: 'host' | 'origin'
  readonly message: string
}

/** The part of a request that decides. */
export type AccessRequest = Pick<IncomingMessage, 'headers' | 'method' | 'socket'>

const HOST = /^(\[[0-9a-f:.]+\]|[^:[\]\s]+)(?::(\d{1,5}))?$/

/**
 * True for the names that always mean the client's own machine: no page can rebind them. `localhost.` and names such as
 * `app.localhost` are not among them, because some resolvers ask DNS for those.
 */
const isLoopback = (name: string): boolean =>
  name === 'localhost' || name === '[::1]' || (name.startsWith('127.') && isIPv4(name))

const literal = (address: string | undefined): string => {
  const plain = address?.replace(/^::ffff:(?=\d+\.)/i, '').toLowerCase() ?? ''
  return plain.includes(':') ? `[${plain}]` : plain
}

/** What a connection's last request was sent to, when it is this server: the next one's is the same, and costs 1 µs less. */
const ours = new WeakMap<AccessRequest['socket'], { readonly host: string; readonly rules: OriginRules }>()

/**
 * A page may give its own name this server's address (DNS rebinding), and then counts as same-origin to the browser: only the
 * Host header tells. An address in figures cannot be rebound, so the one that the connection came to is always ours.
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
 * Decides for HTTP, WebSocket upgrades and event streams alike, before anything of a request is parsed. Programs send no Origin;
 * a browser sends one with whatever could write, and Sec-Fetch-Site with the rest.
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
