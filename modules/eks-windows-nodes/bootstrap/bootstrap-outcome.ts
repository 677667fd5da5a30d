/** Where the bootstrap script of EKS has its own logs. */
const LOG_FOLDER = '$env:ProgramData\\Amazon\\EKS\\logs';

/** Source of our events. They are in the log that EC2 can show in the console output. */
const BOOTSTRAP_EVENT_SOURCE = 'EKS node bootstrap';

/** Begins to write down everything. Goes on without, when that does not work. */
export const START_TRANSCRIPT: readonly string[] = [
  'try {',
  `  $logs = "${LOG_FOLDER}"`,
  '  New-Item -Path $logs -ItemType Directory -Force | Out-Null',
  '  Start-Transcript -Path "$logs\\node-bootstrap.log" -Append | Out-Null',
  '}',
  'catch {',
  '  Write-Output "There is no transcript: $_"',
  '}',
];

/**
 * Says how it ended, where people look: in the output of the launch agent, in the event log System
 * and, when it failed, on the serial port, whose output EC2 keeps (`get-console-output`). A place
 * that does not work is no reason to fail.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetConsoleOutput.html
 */
export const WRITE_OUTCOME: readonly string[] = [
  'function Write-Outcome($Message, $EntryType, $EventId) {',
  '  Write-Output $Message',
  '  try {',
  `    $source = '${BOOTSTRAP_EVENT_SOURCE}'`,
  '    if (-not [System.Diagnostics.EventLog]::SourceExists($source)) {',
  '      New-EventLog -LogName System -Source $source',
  '    }',
  '    Write-EventLog -LogName System -Source $source -EntryType $EntryType -EventId $EventId -Message $Message',
  '  }',
  '  catch {',
  '    Write-Output "There is no event: $_"',
  '  }',
  "  if ($EntryType -eq 'Error') {",
  '    try {',
  "      $port = New-Object -TypeName System.IO.Ports.SerialPort -ArgumentList 'COM1', 115200",
  '      $port.WriteTimeout = 5000',
  '      $port.Open()',
  '      $port.WriteLine($Message)',
  '      $port.Close()',
  '    }',
  '    catch {',
  '      Write-Output "There is nothing on COM1: $_"',
  '    }',
  '  }',
  '}',
];

/** Reports how it ended, whatever ended it. */
export const REPORT_OUTCOME: readonly string[] = [
  '  if ($null -eq $failure) {',
  "    Write-Outcome 'The node bootstrap went well.' Information 1",
  '  }',
  '  else {',
  '    Write-Outcome "The node bootstrap failed: $failure" Error 2',
  '  }',
];
