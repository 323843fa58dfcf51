/** Packages that run a script when they are installed, and why each may. */
export const INSTALL_SCRIPTS: Readonly<Record<string, string>> = {
  esbuild:
    'checks that its program is the one of its version; the program itself comes as a package of its own',
  'onnxruntime-node':
    'downloads GPU libraries, and is told by .npmrc to leave that; those of the processor are in the package',
  protobufjs: 'says whether a version range is too wide; it is a part of onnxruntime-web',
}
