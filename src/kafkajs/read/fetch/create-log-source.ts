import type { LogSource } from '../../../kafka/ports/log-source.ts'
import { type FollowersOptions, LogFollowers } from './log-followers.ts'
import { readLog } from './read-log.ts'

/** The LogSource of the adapter: fetches without a group, over KafkaJS's connections. */
export const createLogSource = (options: FollowersOptions): LogSource & Disposable & { readonly followed: number } => {
  const followers = new LogFollowers(options)
  return {
    follow: (log, isolationLevel, from, follower) => followers.follow(log, isolationLevel, from, follower),
    read: (request, signal) => readLog(request, options, signal),
    get followed() {
      return followers.size
    },
    [Symbol.dispose]: () => followers[Symbol.dispose](),
  }
}
