/** What makes an image build end in FAILED; the message is the reason. */
export class BuildFailure extends Error {}
