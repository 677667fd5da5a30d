import type { TemplateReference } from './fast-launch-template';

/** What to enable, as the EC2 API or an Image Builder distribution asks for it. */
export interface FastLaunchSettings {
  readonly imageId: string;
  readonly maxParallelLaunches: number;
  readonly targetResourceCount: number;
  readonly launchTemplate: TemplateReference | undefined;
}
