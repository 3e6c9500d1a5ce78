import type { Fields } from '../../schemas/events/index.ts'
import { type Answer, joinAnswers } from '../method/gather/index.ts'
import type { Seen } from '../method/measures/report.ts'
import type { Env } from '../shell/env.ts'

/** What all customers of an account answer to a question, all Books at once; `seen`: those of these branches, or of this RM. */
export const askAll = async (env: Env, books: string[], query: string, params: Fields, seen: Seen): Promise<Answer> => {
  const answers = await Promise.all(
    books.map(async (name) => {
      const book = env.BOOK.getByName(name)
      let answer: Answer = { rows: [], total: 0 }
      for (let after: string | null = ''; after !== null;) {
        const page: Answer & { next: string | null } = await book.gather(query, params, after, seen)
        answer = joinAnswers(query, params, answer, page)
        after = page.next
      }
      return answer
    }),
  )
  return answers.reduce((whole, one) => joinAnswers(query, params, whole, one), { rows: [], total: 0 })
}
