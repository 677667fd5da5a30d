/** What the demo works with. */
export interface DemoOptions {
  readonly print: (text: string) => void;
  /** Ends the demo, and every program it has started. */
  readonly interrupted: AbortSignal;
}
