/** Turns passwords into what may be kept. Expensive on purpose; both ways cost the same. */
export interface Hasher {
  hash(password: string): Promise<string>
  /** Whether the password is the one behind the hash. Without a hash it works just as hard, and says no. */
  verify(hash: string | null, password: string): Promise<boolean>
}

/** A command that looks at a password is also given the hasher. */
export type WithHasher<C> = C & { readonly hasher: Hasher }
