import { isIPv4, isIPv6 } from 'node:net'

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/
const TIME = /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.\d{1,12})?(?:z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const EMAIL = /^[^\s@"(),:;<>[\]\\]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8}$/
const LABEL = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/
const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/

const isDate = (text: string): boolean => {
  if (!DATE.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

const isDateTime = (text: string): boolean =>
  text.length < 64 && /^[Tt]$/.test(text.charAt(10)) && isDate(text.slice(0, 10)) && TIME.test(text.slice(11))

const isUri = (text: string): boolean => SCHEME.test(text) && URL.canParse(text) && !/[\s<>"{}|\\^`]/.test(text)

/** The formats that are checked. Others, such as `regex`, are only descriptions. Each takes linear time. */
export const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  'date-time': isDateTime,
  date: isDate,
  time: text => text.length < 32 && TIME.test(text),
  email: text => text.length < 512 && EMAIL.test(text),
  hostname: text => text.length < 254 && text.split('.').every(label => LABEL.test(label)),
  ipv4: isIPv4,
  ipv6: text => isIPv6(text) && !text.includes('%'),
  uri: isUri,
  uuid: text => UUID.test(text),
}
