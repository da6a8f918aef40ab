/** Whether the text has the form of a client's id; there may be no such client. People paste secrets into the wrong field. */
export function isClientId(text: string): boolean {
  return /^cli_[0-9a-z]{26}$/.test(text);
}
