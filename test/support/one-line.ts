/** Terraform wraps and frames its messages; as one line they can be compared. */
export function oneLine(text: string): string {
  return text.replace(/[│╷╵]/g, ' ').replace(/\s+/g, ' ');
}
