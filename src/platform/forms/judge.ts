import type { Program } from './compile.ts'
import type { AnswerTree } from './definition.ts'
import { FormFlaw } from './flaw.ts'
import { type BeginOptions, begin } from './session.ts'
import type { Problem } from './view.ts'

/** As many problems as are told; the rest would be the same again. */
const most = 200

/**
 * Answers from anywhere, worked out again: what the form does not know, does not ask now or does not offer is refused
 * by its path, and calculations are the form's own (only `now()`, `random()` and the like stay as the device had them).
 * @returns the answers as they may be kept, whole only where there are no problems
 */
export function judge(
  program: Program,
  answers: unknown,
  options: Omit<BeginOptions, 'answers' | 'prefill' | 'report'>,
): { readonly answers: AnswerTree; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const report = (path: string, code: Problem['code']) => {
    if (problems.length < most) problems.push({ path: path.slice(0, 200), code, message: null })
  }
  try {
    const session = begin(program, { ...options, answers: answers ?? null, report })
    const told = new Set(problems.map(({ path }) => path))
    for (const problem of session.problems()) if (!told.has(problem.path)) problems.push(problem)
    return { answers: session.answers(), problems: problems.slice(0, most) }
  } catch (error) {
    if (!(error instanceof FormFlaw)) throw error
    return { answers: {}, problems: [...problems, { path: '', code: 'too-much-work', message: null }] }
  }
}
