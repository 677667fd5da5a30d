import './app/source-maps';
import { run } from './app/run';
import { currentDate } from './modules/windows-base/checks';

process.exitCode = run({
  environmentsFolder: process.env['ENVIRONMENTS_DIR'] || 'environments',
  outputFolder: process.env['CDKTF_OUTDIR'] || 'cdktf.out',
  today: currentDate(),
  print: (text) => console.log(text),
  printError: (text) => console.error(text),
});
