import DataLoader from 'dataloader'
import type { CommittedOffset, GroupDescription, GroupList } from '../../kafka/groups.ts'
import { isFailure } from '../../kafka/kafka-error.ts'
import { translating } from '../failures.ts'
import { type MakeShared, once, orError } from '../loaders.ts'

/** Every group that could be listed, asked for once. */
export const groupList: MakeShared<() => Promise<GroupList>> = ({ groups }, options) =>
  once(() => groups.listGroups(options))

/** Groups with their members; null where there is no group of that id. */
export const groupDescriptions: MakeShared<DataLoader<string, GroupDescription | null>> = ({ groups }, options) =>
  new DataLoader(groupIds =>
    translating(async () =>
      (await groups.describeGroups(groupIds, options)).map(outcome =>
        isFailure(outcome) && outcome.code === 'GROUP_ID_NOT_FOUND' ? null : orError(outcome),
      ),
    ),
  )

/** What groups have committed; nothing where there is no group of that id. */
export const groupCommits: MakeShared<DataLoader<string, readonly CommittedOffset[]>> = ({ groups }, options) =>
  new DataLoader(groupIds =>
    translating(async () =>
      (await groups.committedOffsets(groupIds, options)).map(outcome =>
        isFailure(outcome) && outcome.code === 'GROUP_ID_NOT_FOUND' ? [] : orError(outcome),
      ),
    ),
  )
