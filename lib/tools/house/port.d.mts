export class PortTaken extends Error {}
export function choosePort(
  env: Record<string, string | undefined>,
  isFree?: (port: number, host?: string) => Promise<boolean>,
): Promise<{ number: number | string; note: string | null }>
