/** A port that the in-memory Kafka does not implement: any call fails the test. A test that needs it scripts it. */
export const unfaked = <T extends object>(name: string): T => {
  const refuse = (method: string | symbol) => async () => {
    throw new Error(`${name}.${String(method)} has no fake: script it in the test, or run the test on real Kafka`)
  }
  // The empty object is never visible.
  return new Proxy({} as T, { get: (_, method) => refuse(method) })
}
