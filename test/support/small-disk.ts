import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { tempDir } from './temp-dir.ts'

/** A file system of its own that holds little. */
interface SmallDisk extends AsyncDisposable {
  readonly path: string
  /** Takes all the space that is left. */
  fill(): void
  /** Gives it back. */
  clear(): Promise<void>
}

const BYTES = 64 << 20

/** Mounts a small file system, which takes a privilege that root has not everywhere; null without it. */
export const smallDisk = async (): Promise<SmallDisk | null> => {
  const dir = await tempDir()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${BYTES}`, 'small-disk', dir.path], { stdio: 'ignore' })
  } catch {
    await dir[Symbol.asyncDispose]()
    return null
  }
  const file = join(dir.path, 'fills-the-disk')
  return {
    path: dir.path,
    fill() {
      const piece = Buffer.alloc(64 * 1024)
      try {
        for (let written = 0; written <= BYTES; written += piece.length) writeFileSync(file, piece, { flag: 'a' })
      } catch {
        // Full.
      }
    },
    clear: () => rm(file, { force: true }),
    async [Symbol.asyncDispose]() {
      execFileSync('umount', ['-l', dir.path])
      await dir[Symbol.asyncDispose]()
    },
  }
}
