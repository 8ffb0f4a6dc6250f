import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { tempDir } from './temp-dir.ts'

/** A small file system. */
interface SmallDisk extends AsyncDisposable {
  readonly path: string
  /** Fills all remaining space. */
  fill(): void
  /** Frees that space. */
  clear(): Promise<void>
}

const BYTES = 64 << 20

/** Mounts a small file system. Returns null without the privilege, which even root may lack. */
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
        // The disk is full.
      }
    },
    clear: () => rm(file, { force: true }),
    async [Symbol.asyncDispose]() {
      execFileSync('umount', ['-l', dir.path])
      await dir[Symbol.asyncDispose]()
    },
  }
}
