import type { SchemaRegistry } from '../../../kafka/ports/schema-registry.ts'

/** The same port; `forget` is called after each change, so that this server sees its own changes at once. */
export const forgetting = (port: SchemaRegistry, forget: () => void): SchemaRegistry => {
  const after = async <T>(change: Promise<T>): Promise<T> => {
    try {
      return await change
    } finally {
      forget()
    }
  }
  return {
    ...port,
    registerSchema: (...asked) => after(port.registerSchema(...asked)),
    deleteSubject: (...asked) => after(port.deleteSubject(...asked)),
    deleteVersion: (...asked) => after(port.deleteVersion(...asked)),
  }
}
