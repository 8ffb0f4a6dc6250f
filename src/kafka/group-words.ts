import { shortened } from './text.ts'

/** A group in a sentence. Its id may be empty, `group ""`, or too long to repeat. */
export const groupWords = (groupId: string): string => `group ${groupId === '' ? '""' : shortened(groupId)}`
