/** How far two decimal texts lie apart, to the last written digit: `11.4` and `5` are `6.4`. No binary fractions. */
export function distance(from: string, to: string): string {
  const [a, b] = [decimal(from), decimal(to)]
  const scale = Math.max(a.scale, b.scale)
  const units = (one: Decimal) => one.units * 10n ** BigInt(scale - one.scale)
  const apart = units(a) - units(b)
  const digits = String(apart < 0n ? -apart : apart).padStart(scale + 1, '0')
  if (scale === 0) return digits
  const whole = digits.slice(0, -scale)
  const rest = digits.slice(-scale).replace(/0+$/, '')
  return rest === '' ? whole : `${whole}.${rest}`
}

interface Decimal {
  readonly units: bigint
  readonly scale: number
}

function decimal(text: string): Decimal {
  const plain = text.trim().replace('−', '-')
  const [whole = '0', fraction = ''] = plain.split('.')
  return { units: BigInt(whole + fraction), scale: fraction.length }
}
