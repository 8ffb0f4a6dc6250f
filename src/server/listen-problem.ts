const WAYS_ON: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is taken: stop the program that listens there, or choose another port with PORT (0 for any free one).',
  EACCES: 'needs privileges that this user lacks: choose a port above 1023 with PORT.',
  EADDRNOTAVAIL: 'is not an address of this machine: choose another one with HOST.',
  ENOTFOUND: 'is not an address of this machine: choose another one with HOST.',
}

/** Why the server cannot listen, for the person who started it. */
export class ListenProblem extends Error {
  override readonly name = 'ListenProblem'

  constructor(host: string, port: number, cause: unknown) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    const wayOn = WAYS_ON[code] ?? `cannot be listened on: ${cause instanceof Error ? cause.message : cause}`
    super(`${host}:${port} ${wayOn}`, { cause })
  }
}
