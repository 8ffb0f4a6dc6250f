const NAME = /^(?!-)[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?$/i
const WITH_PORT = /^(\[[0-9a-f:.]+\]|[^:[\]]+):(\d{1,5})$/i
const MAX_PORT = 65_535

const isHost = (host: string): boolean =>
  host.startsWith('[') ? URL.canParse(`http://${host}/`) : NAME.test(host) && host.length <= 253

/** Accepts `host:port`; IPv6 addresses need brackets. @throws Error that shows the right form. */
export const parseBroker = (item: string): string => {
  const [, host = '', port = ''] = WITH_PORT.exec(item) ?? []
  const isPort = Number(port) >= 1 && Number(port) <= MAX_PORT
  if (isHost(host) && isPort) return item
  const ipv6 = (item.match(/:/g)?.length ?? 0) > 1 && !item.startsWith('[') ? ' (IPv6 addresses in brackets)' : ''
  throw new Error(`${JSON.stringify(item)} is not host:port${ipv6}, such as broker.example.org:9092 or [::1]:9092`)
}

/**
 * Accepts a host name or address, with or without a port, and lowercases it. @throws Error that shows the right form.
 */
export const parseAllowedHost = (item: string): string => {
  const [, host = item, port = '1'] = WITH_PORT.exec(item) ?? []
  if (isHost(host) && Number(port) >= 1 && Number(port) <= MAX_PORT) return item.toLowerCase()
  throw new Error(`${JSON.stringify(item)} is not a host name, such as kafka.example.org or kafka.example.org:8080`)
}

const URL_HINT = 'such as https://registry.example.org or http://127.0.0.1:8080/apis/ccompat/v7'

/** Accepts an http or https URL, with or without a path, and drops a slash at its end. @throws Error that shows the right form. */
export const parseRegistryUrl = (item: string): string => {
  // Credentials in a URL are not repeated, nor is a query, which may hold a token.
  const given = item.includes('@') ? 'a value with credentials' : JSON.stringify(item.replace(/[?#].*/s, ''))
  if (!URL.canParse(item)) throw new Error(`${given} is not a URL, ${URL_HINT}`)
  const url = new URL(item)
  if (!/^https?:$/.test(url.protocol)) throw new Error(`${given} is not http or https, ${URL_HINT}`)
  if (url.username !== '' || url.password !== '')
    throw new Error(
      `a URL for ${url.host} holds credentials: give them as SCHEMA_REGISTRY_USERNAME and SCHEMA_REGISTRY_PASSWORD`,
    )
  if (url.search !== '' || url.hash !== '')
    throw new Error(`${given} has a query or a fragment: give the base of the API, ${URL_HINT}`)
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}
