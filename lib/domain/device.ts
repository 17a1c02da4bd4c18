/** What a browser says about itself, as a person would. Null where it says nothing we know. */
export interface Device {
  readonly browser: string | null
  readonly system: string | null
}

// The first that fits wins: nearly every browser also calls itself Chrome, Safari or both.
const BROWSERS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/MicroMessenger/i, 'WeChat'],
  [/DingTalk/i, 'DingTalk'],
  [/Lark|Feishu/i, 'Feishu'],
  [/M?QQBrowser/i, 'QQ Browser'],
  [/UCBrowser|UCWEB/i, 'UC Browser'],
  [/HuaweiBrowser/i, 'Huawei Browser'],
  [/MiuiBrowser/i, 'Mi Browser'],
  [/SamsungBrowser/i, 'Samsung Internet'],
  [/Vivaldi/i, 'Vivaldi'],
  [/OPR\/|Opera/i, 'Opera'],
  [/Edg(?:e|A|iOS)?\//i, 'Edge'],
  [/Firefox\/|FxiOS/i, 'Firefox'],
  [/HeadlessChrome|Chromium|Chrome\/|CriOS/i, 'Chrome'],
  [/Version\/[\d.]+.*Safari\//i, 'Safari'],
]

const SYSTEMS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/OpenHarmony|HarmonyOS/i, 'HarmonyOS'],
  [/iPhone|iPod/i, 'iPhone'],
  [/iPad/i, 'iPad'],
  [/Android/i, 'Android'],
  [/Windows/i, 'Windows'],
  [/CrOS/i, 'ChromeOS'],
  [/Mac OS X|Macintosh/i, 'macOS'],
  [/Linux|X11/i, 'Linux'],
]

/** Reads a User-Agent header. Only for showing somebody their own sessions; nothing is decided by it. */
export function readDevice(userAgent: string): Device {
  const named = (list: typeof BROWSERS) => list.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null
  return { browser: named(BROWSERS), system: named(SYSTEMS) }
}
