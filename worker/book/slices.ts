/** Subjects in one transaction, so that a Book stays answerable and its memory small. */
export const SLICE = 200
/** Slices in one run: the runtime ends an alarm that computes for too long. What is left gets the next alarm at once. */
export const MOST_SLICES = 50
