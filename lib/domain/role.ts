/** From the one who may do everything to the one who reads. The order is the rank. */
export const roles = ['owner', 'partner', 'manager', 'member', 'adviser', 'viewer'] as const

export type Role = (typeof roles)[number]

export function isRole(value: unknown): value is Role {
  return typeof value === 'string' && (roles as readonly string[]).includes(value)
}

/** True when `a` stands above `b` or beside it: nobody hands out more than they have. */
export function atLeast(a: Role, b: Role): boolean {
  return roles.indexOf(a) <= roles.indexOf(b)
}
