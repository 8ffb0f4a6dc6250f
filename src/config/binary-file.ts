import { createPrivateKey, X509Certificate } from 'node:crypto'

const JKS = 'feedfeed'
const UTF16 = ['fffe', 'feff']

/** ASN.1: a SEQUENCE that starts with INTEGER 3, the version of every PKCS12 store. */
const isPkcs12 = (bytes: Buffer): boolean => {
  const lengthByte = bytes[1] ?? 0
  const content = 2 + (lengthByte < 0x80 ? 0 : lengthByte & 0x7f)
  return bytes[0] === 0x30 && bytes.subarray(content, content + 3).toString('hex') === '020103'
}

const isCertificate = (bytes: Buffer): boolean => {
  try {
    return new X509Certificate(bytes).subject !== undefined
  } catch {
    return false
  }
}

const isKey = (bytes: Buffer): boolean =>
  (['pkcs8', 'pkcs1', 'sec1'] as const).some(type => {
    try {
      return createPrivateKey({ key: bytes, format: 'der', type }).type === 'private'
    } catch {
      return false
    }
  })

/** What a binary file seems to be, and how to convert it to text; null if unknown. */
export const binaryKindOf = (bytes: Buffer): string | null => {
  const start = bytes.subarray(0, 4).toString('hex')
  if (isPkcs12(bytes))
    return 'a PKCS12 store, but PEM is needed: openssl pkcs12 -in FILE -nodes prints its key and certificates'
  if (start === JKS)
    return 'a Java key store (JKS), but PEM is needed: keytool -importkeystore converts it to PKCS12, then openssl pkcs12 to PEM'
  if (isCertificate(bytes)) return 'a DER certificate, but PEM is needed: openssl x509 -inform der -in FILE prints it'
  if (isKey(bytes)) return 'a DER private key, but PEM is needed: openssl pkey -inform der -in FILE prints it'
  if (UTF16.includes(start.slice(0, 4))) return 'UTF-16, but UTF-8 is needed'
  return null
}
