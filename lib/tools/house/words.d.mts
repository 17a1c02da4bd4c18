export function inOneSentence(error: unknown, databaseUrl?: string): string
