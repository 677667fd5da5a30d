import type { ComponentDocument } from '../../modules';

/** A component of one's own: what the build does beyond Amazon's AMI. */
export const TIME_ZONE: ComponentDocument = {
  phases: [
    {
      name: 'build',
      steps: [
        {
          name: 'SetTimeZone',
          action: 'ExecutePowerShell',
          inputs: { commands: ["$ErrorActionPreference = 'Stop'", 'Set-TimeZone -Id UTC'] },
        },
      ],
    },
  ],
};
