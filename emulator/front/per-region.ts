/** One state object for each region, made when the region is first used. */
export class PerRegion<State> {
  private readonly states = new Map<string, State>();

  constructor(private readonly create: (region: string) => State) {}

  /** The state of a region. */
  of(region: string): State {
    let state = this.states.get(region);
    if (state === undefined) {
      state = this.create(region);
      this.states.set(region, state);
    }
    return state;
  }

  /** The regions used so far. */
  names(): readonly string[] {
    return [...this.states.keys()];
  }
}
