import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')

/** Custom properties of the first block whose selector is `selector`. */
function block(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`)
  assert.ok(start >= 0, selector)
  const body = css.slice(start, css.indexOf('}', start))
  return Object.fromEntries([...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(match => [match[1]!, match[2]!]))
}

/** Relative luminance of #rrggbb, as WCAG 2.2 defines it. */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map(at => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light! + 0.05) / (dark! + 0.05)
}

const light = block(':root')
const dark = { ...light, ...block(':root[data-theme="dark"]') }
const grounds = ['ground', 'surface', 'sunken']

const texts: [string, string][] = [
  ...grounds.flatMap(ground =>
    ['ink', 'ink-soft', 'link', 'primary', 'danger'].map((ink): [string, string] => [ink, ground]),
  ),
  ...['info', 'good', 'warning', 'danger'].flatMap((tone): [string, string][] => [
    [tone, `${tone}-soft`],
    ['ink', `${tone}-soft`],
    ['link', `${tone}-soft`],
  ]),
  ['on-primary', 'primary'],
  ['on-primary', 'primary-strong'],
  ['on-primary-soft', 'primary-soft'],
  ['ink', 'primary-soft'],
  ['ink-soft', 'primary-soft'],
  ['on-danger', 'danger'],
  ['on-danger', 'danger-strong'],
  ['on-accent', 'accent'],
]

for (const [name, theme] of Object.entries({ light, dark })) {
  test(`every text of the ${name} theme stands out from its ground by 4.5 to 1`, () => {
    const weak = texts.filter(([ink, ground]) => contrast(theme[ink]!, theme[ground]!) < 4.5)
    assert.deepEqual(weak, [])
  })

  test(`edges and the focus ring of the ${name} theme stand out by 3 to 1`, () => {
    for (const ground of grounds) {
      for (const edge of ['line-strong', 'focus', 'primary']) {
        assert.ok(contrast(theme[edge]!, theme[ground]!) >= 3, `${edge} on ${ground}`)
      }
    }
  })
}

test('dark by the device and dark by choice are the same', () => {
  assert.deepEqual(block(':root:not([data-theme="light"])'), block(':root[data-theme="dark"]'))
})
