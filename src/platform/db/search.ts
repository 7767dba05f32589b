/** What `lower(text) like` takes to find these words anywhere in a text; nothing in them stands for something else. */
export const containing = (words: string): string => `%${words.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
