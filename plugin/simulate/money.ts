/** Fen of yuan with at most two decimals. */
export const fenOf = (yuan: number): number => Math.round(yuan * 100)
