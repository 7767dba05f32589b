// Five plain questions about a help, each with the same few answers: on the person's own page and for who writes down what they say.

/** In this order they are asked. */
export const feedbackQuestions = ['respect', 'explained', 'agreed', 'safe', 'again'] as const
export type FeedbackQuestion = (typeof feedbackQuestions)[number]
/** Beside them stands that somebody would rather not say, which is kept as nothing. */
export const feedbackAnswers = ['yes', 'partly', 'no'] as const
export type FeedbackAnswer = (typeof feedbackAnswers)[number]
/** The most that can be written beside the answers, in characters. */
export const mostFeedbackWords = 500

export type Feedback = Readonly<Record<FeedbackQuestion, FeedbackAnswer | null>>
export const noFeedback: Feedback = { respect: null, explained: null, agreed: null, safe: null, again: null }
export const saysNothing = (feedback: Feedback, words: string): boolean =>
  words.trim() === '' && feedbackQuestions.every(one => feedback[one] === null)

/** Pictures of the answers: the lines of a drawing of 24 by 24, beside words and never instead of them. */
export const feedbackPictures: Readonly<Record<FeedbackAnswer | 'unsaid', string>> = {
  yes: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9 9.5v.5M15 9.5v.5M8 14c1.2 1.8 2.5 2.6 4 2.6s2.8-.8 4-2.6',
  partly: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9 9.5v.5M15 9.5v.5M8.5 15h7',
  no: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9 9.5v.5M15 9.5v.5M8 16.4c1.2-1.6 2.5-2.3 4-2.3s2.8.7 4 2.3',
  unsaid: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 12h8',
}
