// Builds the package: cargo → wasm-bindgen → wasm-opt for each wasm file, then tsc for the facade.
//
//   node scripts/build.mjs [full] [otp] [identity] [capture]      (all of them without an argument)
//
// Needs `cargo` with the target wasm32-unknown-unknown and `wasm-bindgen` of the version in Cargo.toml on
// PATH; `npm ci` brings wasm-opt (binaryen) and tsc. A wasm file whose input has not changed is kept.

// @ts-check
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shrink } from './shrink.mjs';

const npm = join(dirname(fileURLToPath(import.meta.url)), '..');
const root = join(npm, '..', '..');
const optimiser = join(npm, 'node_modules', 'binaryen', 'bin', 'wasm-opt');

/** Where the registry's sources lie on this machine: no business of the package's users. */
const cargoHome = process.env['CARGO_HOME'] ?? join(homedir(), '.cargo');
const anonymous = [`--remap-path-prefix=${cargoHome}/registry/src=`, `--remap-path-prefix=${root}=`];

/** SHA-256 and SHA-512 in loops: 20 KB less, and quick enough. */
const compact = ['--cfg=sha2_backend_soft="compact"'];

/**
 * The level of optimisation that is smallest for each; what must be quick has its own in the workspace's Cargo.toml.
 * `capture` measures every frame of a camera: there speed comes first (README.md, "Size").
 * @type {Record<string, {out: string, level: string, vectors?: boolean}>}
 */
const builds = {
	full: { out: 'gatepass', level: 'z' },
	otp: { out: 'gatepass-otp', level: 's' },
	identity: { out: 'gatepass-identity', level: 'z' },
	capture: { out: 'gatepass-capture', level: '3', vectors: true },
};

/** Features every browser of the last four years has; wasm-opt must be told what the compiler used. */
const features = [
	'--enable-bulk-memory',
	'--enable-bulk-memory-opt',
	'--enable-mutable-globals',
	'--enable-nontrapping-float-to-int',
	'--enable-reference-types',
	'--enable-sign-ext',
	'--enable-multivalue',
];

/** Vector instructions (WebAssembly 2.0): Chrome 91, Firefox 89, Safari 16.4. No code of ours depends on them, rustc finds the loops. */
const vectors = { rustc: ['-Ctarget-feature=+simd128'], optimiser: ['--enable-simd'] };

const strip = ['--low-memory-unused', '--strip-debug', '--strip-producers', '--strip-target-features'];

/** @param {string} program @param {string[]} args @param {NodeJS.ProcessEnv} [env] */
function run(program, args, env = {}) {
	execFileSync(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
}

/** @param {string} name */
function build(name) {
	const { out, level, vectors: wide } = builds[name];
	const args = ['rustc', '--profile', 'wasm', '--target', 'wasm32-unknown-unknown', '-p', 'gatepass-wasm'];
	// One crate type: beside the `rlib` that the tests link, cargo leaves out link-time optimisation.
	run('cargo', [...args, '--no-default-features', '--features', name, '--crate-type', 'cdylib'], {
		CARGO_ENCODED_RUSTFLAGS: [...anonymous, ...compact, ...(wide ? vectors.rustc : [])].join('\x1f'),
		CARGO_PROFILE_WASM_OPT_LEVEL: level,
	});

	const target = process.env['CARGO_TARGET_DIR'] ?? join(root, 'target');
	const compiled = join(target, 'wasm32-unknown-unknown', 'wasm', 'gatepass_wasm.wasm');
	const folder = join(npm, 'pkg', name);
	const stamp = join(npm, 'pkg', `${name}.stamp`);
	const inputs = createHash('sha256')
		.update(readFileSync(compiled))
		.update(readFileSync(fileURLToPath(import.meta.url)))
		.update(readFileSync(join(npm, 'scripts', 'shrink.mjs')))
		.update(readFileSync(join(npm, 'node_modules', 'binaryen', 'package.json')))
		.digest('hex');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) return;

	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	run('wasm-bindgen', [
		compiled,
		...['--target', 'web', '--omit-default-module-path', '--out-name', out, '--out-dir', folder],
	]);
	const bound = join(folder, `${out}_bg.wasm`);
	const small = join(folder, `${out}.wasm`);
	const script = join(folder, `${out}.js`);
	const { wasm, glue } = shrink(readFileSync(bound), readFileSync(script, 'utf8'));
	writeFileSync(bound, wasm);
	writeFileSync(script, glue);
	const passes = [
		level === '3' ? '-O3' : '-Oz',
		'--converge',
		...features,
		...(wide ? vectors.optimiser : []),
		...strip,
	];
	run(process.execPath, [optimiser, bound, '-o', small, ...passes]);
	rmSync(bound);
	renameSync(join(folder, `${out}_bg.wasm.d.ts`), join(folder, `${out}.wasm.d.ts`));
	writeFileSync(stamp, inputs);
}

const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : Object.keys(builds)) build(name);
rmSync(join(npm, 'dist'), { recursive: true, force: true });
run(process.execPath, [join(npm, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', npm]);
