export function bundle(
  entry: string,
  outfile: string,
  options?: { packages?: 'external' | 'bundle' },
): Promise<void>
