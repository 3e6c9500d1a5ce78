import { campaign, participation } from './campaign.ts'
import { company, person } from './customer.ts'
import type { Field, ObjectDef } from './define.ts'
import { development } from './development.ts'
import { escalation } from './escalation.ts'
import { holding, occasion } from './holding.ts'
import { measure } from './measure.ts'
import { campaignTemplate, escalationPolicy } from './policies.ts'
import { tierRating } from './rating.ts'
import { tierRule } from './rules.ts'
import { task } from './task.ts'
import { visit } from './visit.ts'
import { workingPaper } from './working-paper.ts'

/** The whole model, in the order in which an installer makes it. A custom object also has `name`, its title. */
export const model: readonly ObjectDef[] = [
  company,
  person,
  development,
  visit,
  tierRule,
  tierRating,
  campaignTemplate,
  campaign,
  participation,
  escalationPolicy,
  escalation,
  holding,
  occasion,
  measure,
  workingPaper,
  task,
]

/** The definition of an object by its singular name, or undefined. */
export const objectDef = (name: string): ObjectDef | undefined => model.find((object) => object.name === name)

/** A field of an object by name, or undefined. */
export const fieldDef = (object: string, name: string): Field | undefined =>
  objectDef(object)?.fields.find((field) => field.name === name)
