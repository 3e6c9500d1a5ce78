import { useCallback, useEffect, useState } from 'react'
import { type Answer, call, type Fault } from './api.ts'

export type Loaded<T> = { state: 'loading' } | { state: 'ready'; value: T } | { state: 'failed'; fault: Fault }

/** What Ladder answers at a path, and how to ask again; what was shown stays until the new answer is there. Null asks nothing. */
export const useData = <T>(path: string | null): [Loaded<T>, () => void] => {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading' })
  const [round, setRound] = useState(0)
  useEffect(() => {
    if (path === null) return
    let isWanted = true
    void call<T>('GET', path).then((answer: Answer<T>) => {
      if (isWanted) setLoaded(answer.ok ? { state: 'ready', value: answer.value } : { state: 'failed', fault: answer })
    })
    return () => {
      isWanted = false
    }
  }, [path, round])
  return [loaded, useCallback(() => setRound((now) => now + 1), [])]
}
