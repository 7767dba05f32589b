/** A change of one stretch of a text: from, to, what stands there instead. */
export interface Change {
  readonly what: string
  readonly text: string
}
export interface Range {
  readonly from: number
  readonly to: number
}
export const replaced = (text: string, { from, to }: Range, by: string): string =>
  text.slice(0, from) + by + text.slice(to)

/** Where quoted text, comments and dollar quotes end, so that what stands in them is not read. */
function skipped(text: string, at: number): number {
  if (text.startsWith('--', at)) {
    const end = text.indexOf('\n', at)
    return end < 0 ? text.length : end
  }
  if (text[at] !== "'") return at
  let end = at + 1
  while (end < text.length) {
    if (text[end] === "'" && text[end + 1] === "'") end += 2
    else if (text[end] === "'") return end + 1
    else end += 1
  }
  return end
}

interface Group {
  readonly operands: Range[]
  /** The word before each operand but the first. */
  readonly words: string[]
}
const opens = /^(where|if|when|on|and|or|filter)\b/i
const ends =
  /^(then|order|group|limit|returning|union|loop|into|using|else|end|insert|update|select|from|set|on conflict|join|left join|for share|for update|having)\b/i

/** Every run of operands joined by AND and OR at one depth of brackets. */
export function groupsOf(text: string): Group[] {
  const found: Group[] = []
  type Open = { from: number; operands: Range[]; words: string[]; cases: number }
  const stack: Open[] = []
  const fresh = (from: number): Open => ({ from, operands: [], words: [], cases: 0 })
  let now = fresh(0)
  const close = (to: number) => {
    if (now.words.length > 0) found.push({ operands: [...now.operands, { from: now.from, to }], words: now.words })
    now.operands = []
    now.words = []
  }
  let at = 0
  while (at < text.length) {
    const past = skipped(text, at)
    if (past > at) {
      at = past
      continue
    }
    const one = text[at]!
    if (one === '(') {
      stack.push(now)
      now = fresh(at + 1)
    } else if (one === ')') {
      close(at)
      now = stack.pop() ?? fresh(at + 1)
    } else if (one === ';') {
      close(at)
      now.from = at + 1
    } else if (/[a-z]/i.test(one) && !/[\w.]/.test(text[at - 1] ?? ' ')) {
      const rest = text.slice(at, at + 24)
      const word = /^[a-z]+/i.exec(rest)![0].toLowerCase()
      if (word === 'case') now.cases += 1
      else if (word === 'end' && now.cases > 0) now.cases -= 1
      else if (now.cases > 0) {
        // The branches of CASE are one operand.
      } else if ((word === 'and' || word === 'or') && !/\bbetween\s+\S+\s+$/i.test(text.slice(now.from, at))) {
        now.operands.push({ from: now.from, to: at })
        now.words.push(word)
        now.from = at + word.length
      } else if (opens.test(rest)) {
        close(at)
        now.from = at + word.length
      } else if (ends.test(rest)) {
        close(at)
        now.from = at + word.length
      }
      at += word.length
      continue
    }
    at += 1
  }
  close(text.length)
  return found
}

/** What an operand becomes so that it decides nothing: true among ANDs, false among ORs. */
function neutral({ words }: Group, at: number): string {
  const beside = [words[at - 1], words[at]]
  return beside.includes('and') ? ' true ' : ' false '
}

const trimmed = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 110)

/** Every operand of every AND and OR left out, and every OR taken for true. */
export function withoutOperands(text: string): Change[] {
  return groupsOf(text).flatMap(group =>
    group.operands.flatMap((range, at) => {
      const said = trimmed(text.slice(range.from, range.to))
      if (/^(true|false)$/.test(said)) return []
      const by = neutral(group, at)
      const changes = [{ what: `without “${said}”`, text: replaced(text, range, by) }]
      if (by === ' false ') changes.push({ what: `always “${said}”`, text: replaced(text, range, ' true ') })
      return changes
    }),
  )
}

const bits = [1, 2, 4, 8, 16, 32, 64]
const dangerous = ['officer', 'intake', 'provider', 'investigator', 'administrator', 'analyst', 'coordinator']
const changesBy = (text: string, pattern: RegExp, by: (match: RegExpMatchArray) => [string, string][]): Change[] =>
  [...text.matchAll(pattern)].flatMap(match =>
    by(match).map(([what, other]) => ({
      what: `${what} (at ${match.index})`,
      text: replaced(text, { from: match.index, to: match.index + match[0].length }, other),
    })),
  )

/** Bits, comparisons, lists and negations one at a time. */
export const changedWords = (text: string): Change[] => [
  ...changesBy(text, /& (\d+)(?=\) <> 0| <> 0| = 0)/g, ([, bit]) =>
    bits.filter(one => one !== Number(bit)).map(one => [`bit ${one} for ${bit}`, `& ${one}`]),
  ),
  ...changesBy(text, /<> '([\w-]+)'/g, ([, word]) => [[`= for <> '${word}'`, `= '${word}'`]]),
  ...changesBy(text, /(?<![<>:]|errcode |set state )= '([\w.-]+)'/g, ([, word]) => [
    [`<> for = '${word}'`, `<> '${word}'`],
  ]),
  ...changesBy(text, /= ANY \(ARRAY\[([^\]]+)\]\)/g, ([, list]) => {
    const words = [...list!.matchAll(/'([\w.-]+)'::text/g)].map(one => one[1]!)
    const array = (these: readonly string[]) => `= ANY (ARRAY[${these.map(one => `'${one}'::text`).join(', ')}])`
    const roles = words.some(one => /^(intake|coordinator|provider|investigator|supervisor|officer)$/.test(one))
    const more = roles ? dangerous : ['own', 'share'].filter(() => words.some(one => /^(holder|assigned)$/.test(one)))
    return [
      ...more
        .filter(one => !words.includes(one))
        .map((one): [string, string] => [`${one} beside ${words.join(', ')}`, array([...words, one])]),
      ...(words.length > 1
        ? words.map((one): [string, string] => [
            `${words.join(', ')} without ${one}`,
            array(words.filter(w => w !== one)),
          ])
        : []),
    ]
  }),
  ...changesBy(text, /\bNOT (?=\()/g, () => [['without NOT', '']]),
  ...changesBy(text, /\b(\w+) IS NULL\b/g, ([, name]) => [[`${name} IS NOT NULL for IS NULL`, `${name} IS NOT NULL`]]),
]
