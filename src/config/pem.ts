/** One block of a PEM text: the label of its BEGIN line, and the whole block. */
export interface PemBlock {
  readonly label: string
  readonly text: string
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g
const CERTIFICATE = /^(X509 |TRUSTED )?CERTIFICATE$/
const PRIVATE_KEY = /^(RSA |EC |DSA |ENCRYPTED )?PRIVATE KEY$/
/** Longest text that may be a path given instead of a file's contents. */
const LONGEST_PATH = 1024

export const pemBlocks = (text: string): readonly PemBlock[] =>
  [...text.matchAll(BLOCK)].map(([block, label = '']) => ({ label, text: block }))

export const certificateBlocks = (text: string): readonly PemBlock[] =>
  pemBlocks(text).filter(({ label }) => CERTIFICATE.test(label))

/** The first private key of a PEM text, if any. */
export const privateKeyBlock = (text: string): PemBlock | undefined =>
  pemBlocks(text).find(({ label }) => PRIVATE_KEY.test(label))

const isPath = (text: string): boolean =>
  text.length <= LONGEST_PATH &&
  !/\s/.test(text) &&
  (/^([./~]|[a-z]:\\)/i.test(text) || /\.(pem|crt|cer|cert|key|p12|pfx|der|jks)$/i.test(text))

/** The problem of a text without a block of the wanted kind. Never repeats the text, which may be a secret. */
export const noBlockProblem = (env: string, text: string, wanted: string): string => {
  const labels = [...new Set(pemBlocks(text).map(({ label }) => label.toLowerCase()))]
  if (labels.length > 0) return `contains no ${wanted}, only: ${labels.join(', ')}`
  if (text.includes('-----BEGIN ') && text.includes('\\n'))
    return 'contains the two characters "\\n" instead of line breaks'
  if (text.includes('-----BEGIN ')) return 'is cut short: the END line of its PEM block is missing or differs'
  if (isPath(text)) return `is a path: give it as ${env}_FILE, or the contents of the file as ${env}`
  if (/^MI[A-Za-z0-9+/=\s]+$/.test(text)) return 'is Base64 without its -----BEGIN …----- and -----END …----- lines'
  return `is not PEM: it must contain a ${wanted} between -----BEGIN …----- and -----END …----- lines`
}
