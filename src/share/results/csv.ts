/** A row of a table as RFC 4180 writes it. */
export function csvRow(fields: readonly (string | number | null)[]): string {
  return `${fields.map(field).join(',')}\r\n`
}

/** A formula that a program for tables would run is text: what begins like one is told apart by an apostrophe. */
function field(value: string | number | null): string {
  if (typeof value !== 'string') return String(value ?? '')
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
