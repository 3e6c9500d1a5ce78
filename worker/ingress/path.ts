/** The path of a request's address, without a parse of the rest. */
export const pathOf = ({ url }: Request): string => {
  const start = url.indexOf('/', url.indexOf('://') + 3)
  const end = url.indexOf('?', start)
  return end < 0 ? url.slice(start) : url.slice(start, end)
}
