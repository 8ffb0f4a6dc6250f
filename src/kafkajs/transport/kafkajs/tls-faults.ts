/** The certificate that this program presents. */
export interface OwnCertificate {
  readonly isGiven: boolean
  /** The expiry date as text; null if it is valid or none is given. */
  readonly expiredOn: string | null
}

const UNTRUSTED =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_UNTRUSTED|CERT_SIGNATURE_FAILURE|INVALID_CA|CERT_CHAIN_TOO_LONG|CERT_REJECTED)$/

const WANTED =
  'it requires a client certificate, but none is given: set KAFKA_TLS_CERT and KAFKA_TLS_KEY to one that its truststore trusts'

/** The broker's verdict on our certificate, by the name of its alert. */
const REFUSED: readonly (readonly [RegExp, string])[] = [
  [/ALERT_CERTIFICATE_EXPIRED$/, 'it says that the certificate in KAFKA_TLS_CERT has expired'],
  [/ALERT_CERTIFICATE_REVOKED$/, 'it says that the certificate in KAFKA_TLS_CERT is revoked'],
  [
    /ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED)$/,
    'it does not accept the certificate in KAFKA_TLS_CERT: its truststore must trust the authority that signed it',
  ],
]

const OF_THE_BROKER: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED:
    'its certificate, or that of its authority, has expired: renew it there, and KAFKA_TLS_CA if the authority is renewed',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet: compare the clocks of both machines',
  CERT_REVOKED: 'its certificate is revoked: renew it there',
}

const ofOurCertificate = (code: string, own: OwnCertificate): string | null => {
  const isWanted = /ALERT_CERTIFICATE_REQUIRED$/.test(code)
  const refused = REFUSED.find(([alert]) => alert.test(code))
  if (!isWanted && refused === undefined) return null
  if (!own.isGiven) return WANTED
  // Kafka's alert says only that the certificate is bad.
  if (own.expiredOn !== null)
    return `it does not accept the certificate in KAFKA_TLS_CERT, which has expired (${own.expiredOn})`
  return refused?.[1] ?? 'it received no client certificate, although KAFKA_TLS_CERT is given'
}

/**
 * Explains a TLS error and names the setting to change, from the code of Node's or OpenSSL's error; null for other
 * errors.
 */
export const tlsFaultOf = (code: string, message: string, own: OwnCertificate): string | null => {
  if (UNTRUSTED.test(code))
    return 'its certificate is signed by an authority that is not trusted here: give the certificate of that authority as KAFKA_TLS_CA'
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `its certificate is for other names: KAFKA_BROKERS, and its advertised.listeners, must use a name of the certificate (${message})`
  const known = OF_THE_BROKER[code] ?? ofOurCertificate(code, own)
  if (known !== null) return known
  if (/^ERR_SSL_.*(PROTOCOL_VERSION|NO_PROTOCOLS|UNSUPPORTED_PROTOCOL)/.test(code))
    return `it and this program share no version of TLS (${message}): allow TLS 1.2 or 1.3 there`
  if (/^ERR_SSL_.*(HANDSHAKE_FAILURE|NO_SHARED_CIPHER|NO_CIPHERS)/.test(code))
    return `the TLS handshake failed (${message}): its protocols, ciphers and client authentication must match KAFKA_TLS_CERT`
  return null
}
