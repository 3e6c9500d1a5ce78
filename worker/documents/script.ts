/**
 * What has to do with documents beyond deciding them: a script of its own, which the Worker loads when the first one is made. The
 * Word library would be a third of the Worker otherwise.
 */
export { makeFiles, oneFile } from './files.ts'
export { sendDocument as sendToHubspot } from './hubspot.ts'
export { sendDocument as sendToTwenty } from './twenty.ts'
