const WAYS_ON: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is taken: stop what listens there, or choose another one with PORT (0 for any free one).',
  EACCES: 'may not be used by this user: choose a port above 1023 with PORT.',
  EADDRNOTAVAIL: 'is no address of this machine: choose another one with HOST.',
  ENOTFOUND: 'is no address of this machine: choose another one with HOST.',
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
