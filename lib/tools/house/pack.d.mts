/** `dist`: the build's folder, absolute. */
export function pack(dist: string): Promise<void>
