import { shortened } from './text.ts'

/** Names a group in a sentence: an empty id is shown as `""`, a long one is shortened. */
export const groupWords = (groupId: string): string => `group ${groupId === '' ? '""' : shortened(groupId)}`
