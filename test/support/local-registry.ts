import type { LocalRegistry, LocalRegistryOptions } from '../../src/local-registry/local-registry.ts'
import { startLocalRegistry } from '../../src/local-registry/start-local-registry.ts'
import { tempDir } from './temp-dir.ts'

/** A registry for one test that stops or kills it. Its data is deleted with it. */
export const ownRegistry = async (options: Partial<LocalRegistryOptions> = {}): Promise<LocalRegistry> => {
  const dir = await tempDir()
  try {
    const registry = await startLocalRegistry({ dir: dir.path, env: process.env, ...options })
    const close = () => registry.close().finally(() => dir[Symbol.asyncDispose]())
    return {
      url: registry.url,
      // Read each time: the process changes when it restarts.
      get pid() {
        return registry.pid
      },
      get trouble() {
        return registry.trouble
      },
      close,
      [Symbol.asyncDispose]: close,
    }
  } catch (thrown) {
    await dir[Symbol.asyncDispose]()
    throw thrown
  }
}
