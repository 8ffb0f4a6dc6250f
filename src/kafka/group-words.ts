/** A group in a sentence. Its id may be empty: `group ""`. */
export const groupWords = (groupId: string): string => `group ${groupId === '' ? '""' : groupId}`
