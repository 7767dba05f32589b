import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Reading, readerOf } from './reader.ts'

type Words = { text: string; onend?: (() => void) | null; onerror?: (() => void) | null }
/** A device that speaks when told to, and whose cancelled words tell of their end afterwards, as browsers do. */
function device(paragraphs: readonly string[]) {
  const spoken: Words[] = []
  const late: Words[] = []
  let saying: Words | undefined
  let reading: Reading = { state: 'silent' }
  const reader = readerOf(
    {
      speak: words => {
        saying = words as unknown as Words
        spoken.push(saying)
      },
      cancel: () => {
        if (saying) late.push(saying)
        saying = undefined
      },
    },
    paragraphs,
    text => ({ text }) as unknown as SpeechSynthesisUtterance,
    now => {
      reading = now
    },
  )
  return {
    reader,
    reading: () => reading,
    spoken: () => spoken.map(one => one.text),
    silent: () => saying === undefined,
    /** The voice comes to the end of what it says. */
    ends: () => {
      const words = saying
      saying = undefined
      words?.onend?.()
    },
    fails: () => saying?.onerror?.(),
    /** What was cancelled tells of it now. */
    lateNews: () => {
      for (const words of late.splice(0)) {
        words.onerror?.()
        words.onend?.()
      }
    },
  }
}

test('a text is read paragraph by paragraph, the one being read is known, and at its end all is silent', () => {
  const it = device(['one', 'two'])
  it.reader.start()
  assert.deepEqual(it.reading(), { state: 'reading', at: 0 })
  it.ends()
  assert.deepEqual(it.reading(), { state: 'reading', at: 1 })
  it.ends()
  assert.deepEqual(it.reading(), { state: 'silent' })
  assert.deepEqual(it.spoken(), ['one', 'two'])
})

test('after a pause it goes on with the same paragraph, also when the device tells late of what it broke off', () => {
  const it = device(['one', 'two', 'three'])
  it.reader.start()
  it.ends()
  it.reader.pause()
  assert.equal(it.silent(), true)
  assert.deepEqual(it.reading(), { state: 'paused', at: 1 })
  it.lateNews()
  assert.deepEqual(it.reading(), { state: 'paused', at: 1 })
  it.reader.start()
  it.lateNews()
  assert.deepEqual(it.reading(), { state: 'reading', at: 1 })
  assert.deepEqual(it.spoken(), ['one', 'two', 'two'])
})

test('stopped, it is silent and begins anew', () => {
  const it = device(['one', 'two'])
  it.reader.start()
  it.ends()
  it.reader.stop()
  it.lateNews()
  assert.deepEqual([it.silent(), it.reading()], [true, { state: 'silent' }])
  it.reader.start()
  assert.deepEqual(it.reading(), { state: 'reading', at: 0 })
})

test('a voice that fails leaves the text unread and the page as it was', () => {
  const it = device(['one', 'two'])
  it.reader.start()
  it.fails()
  assert.deepEqual(it.reading(), { state: 'silent' })
  assert.deepEqual(it.spoken(), ['one'])
})
