// What this browser keeps between sign-ins: a random token that sets its tries apart from a stranger's. It opens nothing.
const place = 'samaan.device'

function knownDevice(): string | undefined {
  try {
    return localStorage.getItem(place) ?? undefined
  } catch {
    return undefined
  }
}

export function keepDevice(token: string | undefined): void {
  if (!token) return
  try {
    localStorage.setItem(place, token)
  } catch {
    // The next sign-in is a stranger's again, which is slower after others' mistakes and nothing worse.
  }
}

const programs: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/(Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const systems: readonly (readonly [RegExp, string])[] = [
  [/Android/, 'Android'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]

/** "Chrome, Android": enough for people to know their own sessions apart, and no more. Empty where nothing is known. */
export function deviceName(agent = navigator.userAgent): string {
  const named = (list: typeof programs) => list.find(([sign]) => sign.test(agent))?.[1]
  return [named(programs), named(systems)].filter(Boolean).join(', ')
}

/** The browser's part of every sign-in. */
export function thisBrowser(): { device?: string; deviceName?: string } {
  const device = knownDevice()
  const name = deviceName()
  return { ...(device ? { device } : {}), ...(name ? { deviceName: name } : {}) }
}
