export type { AmiLookUp } from './ami-look-up';
export { eksComponentVersion } from './base-route';
export { EksWindowsAmi, type EksWindowsAmiProps } from './eks-windows-ami';
export { PlainWindowsAmi, type PlainWindowsAmiProps } from './plain-windows-ami';
export type { EksWindowsAmiChoice, WindowsEdition, WindowsServer } from './windows-server';
