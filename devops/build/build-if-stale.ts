import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { isFresh, markFresh, removeOrphans } from './build-stamp.ts'

// Builds `dist`, unless it is what the sources as they are now give. For `npm start`.

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

const build = (): number => {
  const { status } = spawnSync('npm', ['run', 'build', '--silent'], { cwd: ROOT, stdio: 'inherit' })
  if (status !== 0) return status ?? 1
  removeOrphans(ROOT)
  markFresh(ROOT)
  return 0
}

process.exitCode = isFresh(ROOT) ? 0 : build()
