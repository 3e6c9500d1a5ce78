import { model, objectDef } from '../../../schemas/model/index.ts'

/**
 * Objects of Twenty that Ladder reads or writes: the model's, and the link between a task and a customer, which only Twenty
 * keeps as an object of its own.
 */
export const TASK_TARGET = 'taskTarget'

/** The plural that Twenty's REST paths use; undefined for an object that Ladder doesn't know. */
export const pluralOf = (object: string): string | undefined =>
  object === TASK_TARGET ? 'taskTargets' : objectDef(object)?.plural

/** Objects whose changes Ladder follows, by webhook and by sweep. */
export const followedObjects: readonly string[] = [...model.map((object) => object.name), TASK_TARGET]

/** Field by which a record of the object is found again when Ladder upserts it. */
export const keyFieldOf = (object: string): string =>
  object === 'company' || object === 'person' ? 'ladderCustomerNo' : 'ladderKey'
